package dev.tapeline.protocols.cable;

import dev.tapeline.core.Channel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A channel's name with parameters in it, such as {@code room:{id}:{topic}}.
 *
 * @param literals the texts around the parameters, one more than there are parameters
 * @param parameters their names, in order
 */
public record ChannelTemplate(List<String> literals, List<String> parameters) {

  /**
   * The most parameters: clients write them in any order, and each order needs frames of its own.
   */
  static final int MAX_PARAMETERS = 3;

  private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]{0,39})}");

  public ChannelTemplate {
    literals = List.copyOf(literals);
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads a template; inverts {@link #toString}.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static ChannelTemplate parse(String text) {
    List<String> literals = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    Matcher matcher = PARAMETER.matcher(text);
    int at = 0;
    while (matcher.find()) {
      literals.add(text.substring(at, matcher.start()));
      parameters.add(matcher.group(1));
      at = matcher.end();
    }
    literals.add(text.substring(at));
    ChannelTemplate template = new ChannelTemplate(literals, parameters);
    template.check();
    return template;
  }

  private void check() {
    if (literals.stream().anyMatch(literal -> literal.matches(".*[{}].*"))) {
      throw new IllegalArgumentException(
          "'%s' has a brace that is no parameter such as {symbol}".formatted(this));
    }
    if (parameters.size() > MAX_PARAMETERS) {
      throw new IllegalArgumentException(
          "'%s' has more than %d parameters".formatted(this, MAX_PARAMETERS));
    }
    if (parameters.contains(CableMapping.CLASS_KEY)
        || new HashSet<>(parameters).size() < parameters.size()) {
      throw new IllegalArgumentException(
          "'%s' has a parameter twice, or one named 'channel'".formatted(this));
    }
    if (literals.stream().limit(parameters.size()).skip(1).anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("'%s' has nothing between two parameters".formatted(this));
    }
    Channel _ = filled(Collections.nCopies(parameters.size(), "x"));
  }

  /**
   * The channel for these values. A value may not contain the text that follows it, so that each
   * channel has one set of values.
   *
   * @throws IllegalArgumentException if the values make no channel
   */
  Channel fill(List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      String end = literals.get(i + 1);
      if (value.isEmpty() || (i + 1 < values.size() && value.contains(end))) {
        throw new IllegalArgumentException(
            "'%s' can't be the %s of %s".formatted(value, parameters.get(i), this));
      }
    }
    return filled(values);
  }

  private Channel filled(List<String> values) {
    StringBuilder name = new StringBuilder(literals.getFirst());
    for (int i = 0; i < values.size(); i++) {
      name.append(values.get(i)).append(literals.get(i + 1));
    }
    return Channel.of(name.toString());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(literals.getFirst());
    for (int i = 0; i < parameters.size(); i++) {
      text.append('{').append(parameters.get(i)).append('}').append(literals.get(i + 1));
    }
    return text.toString();
  }
}
