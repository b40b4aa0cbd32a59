package dev.tapeline.simulate.dhan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TotpTest {

  /** The secret of RFC 6238, "12345678901234567890" in base 32. */
  private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  @Test
  void equalsTheVectorsOfTheRfc() {
    assertEquals("287082", Totp.at(SECRET, 59_000L));
    assertEquals("081804", Totp.at(SECRET, 1_111_111_109_000L));
    assertEquals("050471", Totp.at(SECRET, 1_111_111_111_000L));
    assertEquals("005924", Totp.at(SECRET, 1_234_567_890_000L));
    assertEquals("279037", Totp.at(SECRET, 2_000_000_000_000L));
    assertEquals("353130", Totp.at(SECRET, 20_000_000_000_000L));
  }

  @Test
  void acceptsTheStepsBesideThePresentOne() {
    String password = Totp.at(SECRET, 59_000);
    assertTrue(Totp.isValid(SECRET, password, 59_000));
    assertTrue(Totp.isValid(SECRET, password, 60_000));
    assertFalse(Totp.isValid(SECRET, password, 120_000));
  }
}
