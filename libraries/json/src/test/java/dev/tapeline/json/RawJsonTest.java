package dev.tapeline.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of JSON texts, as they were written. */
class RawJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-1.50e+3",
        "true",
        "null",
        "\"\\u00e9 \u00e9 \ud83d\ude00\"",
        "{ }",
        "[ 1 , {\"a\": [] } ]"
      })
  void valuesComeAsTheyAre(String value) {
    assertEquals(
        Optional.of(value),
        RawJson.member("{\"x\":{\"data\":0},\"data\": " + value + " ,\"y\":1}", "data"));
    assertEquals(Optional.of(value), RawJson.member("{\"data\":" + value + "}", "data"));
    assertEquals(
        Optional.of(value),
        RawJson.member("{\"p\":{\"q\":[1],\"data\":" + value + "}}", "p", "data"));
  }

  @Test
  void theLastOfTwoCounts() {
    assertEquals(Optional.of("2"), RawJson.member("{\"a\":1,\"a\":2}", "a"));
    assertEquals(Optional.empty(), RawJson.member("{\"p\":{\"a\":1},\"p\":{}}", "p", "a"));
    assertEquals(Optional.empty(), RawJson.member("{\"p\":{\"a\":1},\"p\":3}", "p", "a"));
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertEquals(Optional.empty(), RawJson.member("{\"b\":{\"a\":1}}", "a"));
    assertEquals(Optional.empty(), RawJson.member("[1]", "a"));
  }
}
