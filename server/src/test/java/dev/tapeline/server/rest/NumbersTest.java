package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class NumbersTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @Property(tries = 5000)
  void agreesWithJackson(
      @ForAll
          @StringLength(max = 8)
          @CharRange(from = '0', to = '2')
          @Chars({'-', '+', '.', 'e', 'E'})
          String text) {
    assertEquals(isNumberForJackson(text), Numbers.isJsonNumber(text), text);
  }

  private static boolean isNumberForJackson(String text) {
    try {
      return JSON.readTree(text).isNumber();
    } catch (JacksonException e) {
      return false;
    }
  }
}
