package dev.tapeline.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static String canonical(String json) {
    return CanonicalJson.of(JSON.readTree(json));
  }

  /** The results of JavaScript's {@code String(number)}. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1.50, 1.5",
    "100, 100",
    "1e2, 100",
    "24321.5, 24321.5",
    "-0.001, -0.001",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "1.25e-9, 1.25e-9",
    "123456789012345680000, 123456789012345680000",
    "1e21, 1e+21",
    "1.5e300, 1.5e+300",
    "0.1, 0.1",
    "5e-324, 5e-324",
    "9007199254740993, 9007199254740992"
  })
  void numbersAreAsJavaScriptWritesThem(String number, String expected) {
    assertEquals(expected, canonical(number));
  }

  @Test
  void membersAreSortedAndBlanksLeftOut() {
    assertEquals(
        "{\"a\":[],\"b\":{\"x\":null,\"y\":[1,true,\"z\"]},\"é\":{}}",
        canonical("{ \"b\": {\"y\": [1, true, \"z\"], \"x\": null}, \"é\": {}, \"a\": [ ] }"));
  }

  @Test
  void stringsEscapeOnlyWhatTheyMust() {
    assertEquals(
        "\"\\\"\\\\/\\n\\u001f\\u0000é\u2028\"",
        canonical("\"\\\"\\\\\\/\\n\\u001f\\u0000\\u00e9\\u2028\""));
  }

  @Test
  void checksumIsTheCrcOfTheCanonicalForm() {
    assertEquals(Optional.of("561bacaf"), CanonicalJson.checksum(JSON.readTree("{\"a\": 1}")));
  }

  @Test
  void numbersBeyondJavaScriptsHaveNoChecksum() {
    JsonMapper exact =
        JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    assertEquals(
        Optional.empty(), CanonicalJson.checksum(exact.readTree("{\"a\":[1e1234567890]}")));
    assertEquals(
        CanonicalJson.checksum(exact.readTree("[0]")),
        CanonicalJson.checksum(exact.readTree("[1e-1234567890]")));
  }
}
