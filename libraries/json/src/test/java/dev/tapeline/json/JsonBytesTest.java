package dev.tapeline.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBytesTest {

  private final JsonBytes out = new JsonBytes();

  @ParameterizedTest
  @CsvSource({
    "61837.63000000, 61837.63",
    "0.00000000, 0",
    "100, 100",
    "100.0, 100",
    "-0.50, -0.5",
    "0.00000001, 0.00000001",
    "-1234567890123456789012345678901234567.8900, -1234567890123456789012345678901234567.89",
    "999999999999999999, 999999999999999999",
    "1E+3, 1000",
  })
  void numbersAreExactAndWithoutTrailingZeros(BigDecimal value, String text) {
    assertEquals(text, written(out.clear().number(value)));
  }

  @Test
  void agreesWithBigDecimalOnAnyValue() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      BigDecimal value =
          new BigDecimal(new BigInteger(random.nextInt(80), random), random.nextInt(22));
      BigDecimal signed = random.nextBoolean() ? value.negate() : value;
      assertEquals("\"" + signed.toPlainString() + "\"", written(out.clear().quoted(signed)));
      assertEquals(
          signed.stripTrailingZeros().toPlainString(), written(out.clear().number(signed)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "7", "9223372036854775807", "-9223372036854775808", "-1"})
  void wholeNumbers(long value) {
    assertEquals(Long.toString(value), written(out.clear().number(value)));
  }

  @Test
  void stringsAreEscaped() {
    assertEquals("\"a\\\"b\\\\c\\u000a\u20b9\"", written(out.clear().string("a\"b\\c\n\u20b9")));
  }

  @Test
  void growsWithWhatIsWritten() {
    String text = "x".repeat(100_000);
    assertEquals(text + "5", written(out.clear().ascii(text).number(5)));
  }

  private static String written(JsonBytes out) {
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }
}
