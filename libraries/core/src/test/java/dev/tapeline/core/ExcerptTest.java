package dev.tapeline.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExcerptTest {

  private static final String EMOJI = "\ud83d\ude00";

  @Test
  void aShortTextStays() {
    assertEquals("", Excerpt.of("", 3));
    assertEquals("abc", Excerpt.of("abc", 3));
    assertEquals("a" + EMOJI, Excerpt.of("a" + EMOJI, 3));
  }

  @Test
  void aLongTextIsCutBetweenCharacters() {
    assertEquals("abc…", Excerpt.of("abcd", 3));
    assertEquals("ab…", Excerpt.of("ab" + EMOJI, 3));
    assertEquals("a" + EMOJI + "…", Excerpt.of("a" + EMOJI + "b", 3));
  }
}
