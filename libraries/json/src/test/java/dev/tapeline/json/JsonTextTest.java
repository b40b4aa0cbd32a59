package dev.tapeline.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {

  private static final JsonMapper JACKSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " [ ] ",
        "0",
        "-0.5e-7",
        "1E+2",
        "true",
        "null",
        "\"\"",
        "\"\\u00e9\\n\"",
        "{\"a\":[1,{\"b\":[]},\"c\"],\"d\":{}}",
        "\n[1 , 2]\t",
        "[[[]],{}]",
        "{\"é\":\"𝄞\"}"
      })
  void acceptsJson(String text) {
    assertTrue(JsonText.isValid(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "-",
        "tru",
        "nul",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "[1 2]",
        "{} {}",
        "{\"a\":1,}",
        "[}",
        "{]",
        "'a'",
        "NaN",
        "{\"a\":1 \"b\":2}",
        "[1],",
        "{,}",
        "[,1]"
      })
  void refusesWhatIsNot(String text) {
    assertFalse(JsonText.isValid(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesInvalidUtf8AndExcessiveDepth() {
    assertFalse(JsonText.isValid(new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'}));
    assertFalse(JsonText.isValid(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}));
    int most = JsonText.MAX_DEPTH;
    assertTrue(
        JsonText.isValid(("[".repeat(most) + "]".repeat(most)).getBytes(StandardCharsets.UTF_8)));
    assertFalse(
        JsonText.isValid(
            ("[".repeat(most + 1) + "]".repeat(most + 1)).getBytes(StandardCharsets.UTF_8)));
  }

  @Property(tries = 20_000)
  void agreesWithJackson(@ForAll("jsonLike") String text) {
    assertEquals(jacksonReads(text), JsonText.isValid(text.getBytes(StandardCharsets.UTF_8)), text);
  }

  @Provide
  Arbitrary<String> jsonLike() {
    return Arbitraries.of(
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"\\n\"", "1", "-2.5e3", "0", "true", "null",
            " ", "\n", "\"", "x", "é")
        .list()
        .ofMaxSize(9)
        .map(parts -> String.join("", parts));
  }

  private static boolean jacksonReads(String text) {
    try {
      return !JACKSON.readTree(text.getBytes(StandardCharsets.UTF_8)).isMissingNode();
    } catch (JacksonException e) {
      return false;
    }
  }

  @Property(tries = 5000)
  void utf8AgreesWithTheDecoderOfTheJdk(@ForAll("bytesNearUtf8") byte[] bytes) {
    assertEquals(jdkDecodes(bytes), Utf8.isValid(bytes));
  }

  @Provide
  Arbitrary<byte[]> bytesNearUtf8() {
    return Arbitraries.of(
            0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef,
            0xf0, 0xf1, 0xf4, 0xf5, 0xff)
        .map(Integer::byteValue)
        .array(byte[].class)
        .ofMaxSize(6);
  }

  private static boolean jdkDecodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
