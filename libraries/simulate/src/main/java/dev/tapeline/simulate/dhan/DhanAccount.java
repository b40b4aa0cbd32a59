package dev.tapeline.simulate.dhan;

import java.time.Duration;

/**
 * The simulated account. Its text shows no secret.
 *
 * @param token that is valid at the start
 * @param totpSecret in base 32
 * @param tokenLife how long a token is valid
 */
public record DhanAccount(
    String clientId, String token, String pin, String totpSecret, Duration tokenLife) {

  /** The account that everybody knows. */
  public static final DhanAccount USUAL =
      new DhanAccount(
          "1100000001",
          "simulated-token",
          "123456",
          "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
          Duration.ofHours(24));

  @Override
  public String toString() {
    return "a simulated account";
  }
}
