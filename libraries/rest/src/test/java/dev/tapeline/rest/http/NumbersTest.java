package dev.tapeline.rest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
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

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e309", "1e-999999999", "0.01E-400", "1e400"})
  void whatNoDoubleHoldsIsNone(String text) {
    assertFalse(Numbers.isJsonNumber(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e308", "-1.5e-300", "0e999", "0.000e-999", "24321.50"})
  void whatADoubleHoldsIsOne(String text) {
    assertTrue(Numbers.isJsonNumber(text));
  }

  private static boolean isNumberForJackson(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node.isNumber() && Double.isFinite(node.doubleValue()) && isZeroOnlyIfItSaysSo(text);
    } catch (JacksonException e) {
      return false;
    }
  }

  private static boolean isZeroOnlyIfItSaysSo(String text) {
    boolean zero = Double.parseDouble(text) == 0;
    return !zero || text.split("[eE]", -1)[0].matches("[-0.]*");
  }
}
