package dev.tapeline.feed.dhan.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tapeline.feed.FeedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {

  /** The last six of the eight digits of the standard's own examples. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void theCodesOfTheStandard(long seconds, String code) {
    assertEquals(code, Totp.code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds * 1000));
  }

  @Test
  void blanksAndCaseDoNotMatter() {
    assertEquals("287082", Totp.code("gezd gnbv gy3t qojq-GEZDGNBVGY3TQOJQ==", 59_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "SECRET1", "A"})
  void whatIsNoSecretIsNotRepeated(String secret) {
    String message = assertThrows(FeedException.class, () -> Totp.code(secret, 0)).getMessage();
    assertFalse(message.contains("SECRET1"), message);
  }
}
