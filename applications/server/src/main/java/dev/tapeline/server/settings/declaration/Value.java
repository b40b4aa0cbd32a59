package dev.tapeline.server.settings.declaration;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The text given to a setting, and its source.
 *
 * @param source the place as errors name it: a file and line, a variable, an option
 * @param parts the entries of a list in the YAML file; empty if the text was given as a whole
 */
public record Value(Setting<?> setting, String text, String source, List<Part> parts) {

  /**
   * An entry of a list in the YAML file.
   *
   * @param source the file and the line of this entry
   */
  public record Part(String text, String source) {}

  public Value {
    parts = List.copyOf(parts);
  }

  public Value(Setting<?> setting, String text, String source) {
    this(setting, text, source, List.of());
  }

  /** The value that a list in the YAML file stands for. */
  public static Value list(Setting<?> setting, List<Part> parts, String source) {
    return new Value(setting, text(parts), source, parts);
  }

  /** The text as it may be printed: never that of a secret. */
  public String shown() {
    return setting.isSecret() ? "(hidden)" : "'" + text.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  /**
   * The part of a refused list that it is refused for, which is the list itself if it has no parts.
   *
   * @param isRefused whether the setting refuses a text
   */
  Value refusedPart(Predicate<String> isRefused) {
    if (parts.isEmpty()) {
      return this;
    }
    int good = 0;
    int bad = parts.size();
    while (bad - good > 1) {
      int middle = (good + bad) / 2;
      if (isRefused.test(text(parts.subList(0, middle)))) {
        bad = middle;
      } else {
        good = middle;
      }
    }
    Part part = parts.get(good);
    return new Value(setting, part.text(), part.source());
  }

  private static String text(List<Part> parts) {
    return parts.stream().map(Part::text).collect(Collectors.joining(","));
  }
}
