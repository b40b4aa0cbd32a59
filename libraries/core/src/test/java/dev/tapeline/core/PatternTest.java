package dev.tapeline.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTest {

  private static final List<String> WORDS = words();

  @ParameterizedTest
  @CsvSource({
    "market:tick:*, market:tick:NIFTY, true",
    "market:tick:*, market:tick, false",
    "*, x, true",
    "*@BTC*, trade@BTCUSDT, true",
    "a*b*c, a-b-b-c, true",
    "a*b*c, a-b-b-d, false",
    "**, anything, true",
    "a.c*, abc, false",
  })
  void starMatchesAnyRunAndNothingElseIsSpecial(String pattern, String channel, boolean matches) {
    assertEquals(matches, Pattern.parse(pattern).matches(channel));
  }

  @Property
  void agreesWithTheRegularExpressionOfTheSameMeaning(
      @ForAll @StringLength(min = 1, max = 8) @Chars({'a', 'b', '*'}) String pattern,
      @ForAll @StringLength(max = 10) @CharRange(from = 'a', to = 'b') String channel) {
    assertEquals(
        channel.matches(pattern.replace("*", ".*")), Pattern.parse(pattern).matches(channel));
  }

  @Property
  void coversWhatMatchesEachWordOfTheOther(
      @ForAll @StringLength(min = 1, max = 4) @Chars({'a', 'b', '*'}) String one,
      @ForAll @StringLength(min = 1, max = 4) @Chars({'a', 'b', '*'}) String other) {
    Selector covering = Selector.parse(one);
    Selector covered = Selector.parse(other);
    assertEquals(
        WORDS.stream().filter(covered::matches).allMatch(covering::matches),
        covering.covers(covered));
  }

  @Property
  void overlapsWhereSomeWordIsMatchedByBoth(
      @ForAll @StringLength(min = 1, max = 4) @Chars({'a', 'b', '*'}) String one,
      @ForAll @StringLength(min = 1, max = 4) @Chars({'a', 'b', '*'}) String other) {
    Selector first = Selector.parse(one);
    Selector second = Selector.parse(other);
    assertEquals(
        WORDS.stream().anyMatch(word -> first.matches(word) && second.matches(word)),
        first.overlaps(second));
    assertEquals(first.overlaps(second), second.overlaps(first));
  }

  /** All words of up to eight letters, with one letter that no pattern here has. */
  private static List<String> words() {
    List<String> words = new ArrayList<>(List.of(""));
    for (int i = 0; i < words.size() && words.get(i).length() < 8; i++) {
      String word = words.get(i);
      Stream.of("a", "b", "c").map(word::concat).forEach(words::add);
    }
    return words;
  }

  @Test
  void selectorIsAPatternWhenItHoldsAStar() {
    assertEquals(Pattern.parse("a*"), Selector.parse("a*"));
    assertEquals(Channel.of("a"), Selector.parse("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', empty",
    "a?b, '?'",
    "a[b, [",
    "a\\b, \\",
  })
  void absurdNamesAreRefusedWithTheirReason(String name, String reason) {
    String message =
        assertThrows(InvalidNameException.class, () -> Selector.parse(name)).getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void controlCharactersAndExcessiveLengthAreRefused() {
    String control =
        assertThrows(InvalidNameException.class, () -> Channel.of("a\nb")).getMessage();
    assertTrue(control.contains("U+000A") && !control.contains("\n"), control);
    String tooLong =
        assertThrows(InvalidNameException.class, () -> Channel.of("x".repeat(10_000))).getMessage();
    assertTrue(tooLong.contains("10000") && tooLong.length() < 120, tooLong);
    assertThrows(InvalidNameException.class, () -> Channel.of("\uD800"));
  }
}
