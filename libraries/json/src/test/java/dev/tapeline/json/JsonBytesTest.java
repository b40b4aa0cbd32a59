package dev.tapeline.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  @CsvSource({
    "24321.526812664, 6, 24321.5",
    "24321.526812664, 9, 24321.5268",
    "123456789.5, 6, 123456790",
    "0.000831793991560, 6, 0.000831794",
    "-17.760640134149, 6, -17.7606",
    "0.9999999, 6, 1",
    "9.999999, 6, 10",
    "1E-30, 6, 0",
    "-1E-30, 6, 0",
    "0.5, 6, 0.5",
    "1234567890123456789, 6, 1234567890123456768",
    "-0.0, 6, 0",
  })
  void otherNumbersAreRoundedToSignificantDigits(double value, int digits, String text) {
    assertEquals(text, written(out.clear().rounded(value, digits)));
  }

  @Test
  void roundingAgreesWithBigDecimal() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(20) - 6);
      BigDecimal rounded = new BigDecimal(written(out.clear().rounded(value, 6)));
      BigDecimal exact = new BigDecimal(value);
      int places = Math.clamp(6 - exact.precision() + exact.scale(), 0, 18);
      BigDecimal half = BigDecimal.ONE.movePointLeft(places).multiply(new BigDecimal("0.500001"));
      assertTrue(rounded.subtract(exact).abs().compareTo(half) <= 0, () -> value + " " + rounded);
    }
  }

  @Test
  void aPartOfAnotherIsCopied() {
    JsonBytes other = new JsonBytes().ascii("0123456789");
    assertEquals("x345", written(out.clear().ascii("x").part(other, 3, 6)));
    assertEquals(10, other.length());
  }

  @ParameterizedTest
  @CsvSource({"0", "7", "9223372036854775807", "-9223372036854775808", "-1"})
  void wholeNumbers(long value) {
    assertEquals(Long.toString(value), written(out.clear().number(value)));
  }

  @ParameterizedTest
  @CsvSource({
    "50.0, 50",
    "0.1, 0.1",
    "-1234567.25, -1234567.25",
    "1.25E7, 12500000",
    "1.5E-7, 0.00000015"
  })
  void doublesAreShort(double value, String text) {
    assertEquals(text, written(out.clear().number(value)));
    assertEquals(value, Double.parseDouble(text));
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
