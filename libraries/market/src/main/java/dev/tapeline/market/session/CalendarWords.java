package dev.tapeline.market.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words for phases, steps and classes, as files and answers write them. */
public final class CalendarWords {

  private CalendarWords() {}

  /** A constant's word: its name in lower case, with hyphens, such as {@code closing-auction}. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The constant of a word.
   *
   * @throws IllegalArgumentException naming all words, if there is none
   */
  public static <E extends Enum<E>> E parse(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                Arrays.stream(type.getEnumConstants())
                    .map(CalendarWords::word)
                    .collect(Collectors.joining(", ", "'" + word + "' is none of ", ""))));
  }
}
