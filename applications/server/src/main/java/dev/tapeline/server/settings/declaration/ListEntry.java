package dev.tapeline.server.settings.declaration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of a list whose entries have options. The list is written {@code NAME [KEY=VALUE]…} by
 * comma. A value stands in double quotes if it has a space, a comma or a quote in it, and quotes
 * inside it are written twice.
 */
public record ListEntry(String name, Map<String, String> options) {

  public ListEntry {
    options = Map.copyOf(options);
  }

  /**
   * Reads all entries of a list; empty ones are left out.
   *
   * @throws IllegalArgumentException naming the text that is not an entry
   */
  public static List<ListEntry> parse(String text) {
    return new Parser(text).entries();
  }

  /** The value of an option as the list has it. */
  public static String quoted(String value) {
    return value.matches("[^\\s,\"]+") ? value : "\"" + value.replace("\"", "\"\"") + "\"";
  }

  /** Reads a text from its beginning, one piece after the other. */
  private static final class Parser {

    private static final Pattern COMMAS = Pattern.compile("[\\s,]*+");
    private static final Pattern NAME = Pattern.compile("[^\\s,=\"]+(?=[\\s,]|$)");
    private static final Pattern OPTION =
        Pattern.compile(
            "\\s++([A-Za-z][\\w-]*)=(?:\"([^\"]*+(?:\"\"[^\"]*+)*+)\"|([^\\s,\"]+))(?=[\\s,]|$)");
    private static final Pattern END = Pattern.compile("\\s*+(?:,|$)");

    private final String text;
    private final Matcher rest;

    Parser(String text) {
      this.text = text;
      this.rest = COMMAS.matcher(text);
    }

    List<ListEntry> entries() {
      List<ListEntry> entries = new ArrayList<>();
      take(COMMAS);
      while (rest.regionStart() < text.length()) {
        entries.add(entry());
        take(COMMAS);
      }
      return entries;
    }

    private ListEntry entry() {
      String name = take(NAME).orElseThrow(this::refusal).group();
      Map<String, String> options = new HashMap<>();
      for (Optional<MatchResult> option = take(OPTION); option.isPresent(); option = take(OPTION)) {
        add(option.get(), options);
      }
      var _ = take(END).orElseThrow(this::refusal);
      return new ListEntry(name, options);
    }

    private static void add(MatchResult option, Map<String, String> options) {
      String quoted = option.group(2);
      String value = quoted == null ? option.group(3) : quoted.replace("\"\"", "\"");
      if (options.put(option.group(1), value) != null) {
        throw new IllegalArgumentException(
            "'%s' is there twice in one entry".formatted(option.group(1)));
      }
    }

    /** Takes the next piece of the text, if it has this form. */
    private Optional<MatchResult> take(Pattern form) {
      if (!rest.usePattern(form).lookingAt()) {
        return Optional.empty();
      }
      MatchResult found = rest.toMatchResult();
      rest.region(rest.end(), text.length());
      return Optional.of(found);
    }

    private IllegalArgumentException refusal() {
      return new IllegalArgumentException(
          "'%s' is no NAME [KEY=VALUE]".formatted(text.substring(rest.regionStart()).strip()));
    }
  }
}
