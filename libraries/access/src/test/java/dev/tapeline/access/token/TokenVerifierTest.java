package dev.tapeline.access.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.tapeline.access.Authenticator;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens that are signed with a shared secret, and texts that are not valid tokens. */
class TokenVerifierTest {

  private static final Instant NOW = Instant.now();

  private final TokenVerifier verifier =
      new TokenVerifier(
          new TokenKeys.Secret(Tokens.SECRET),
          new TokenVerifier.Expected("tapeline", "desk", "user", TokenVerifier.SKEW),
          Clock.systemUTC());

  private static JWTClaimsSet.Builder good() {
    return Tokens.claims("u1").audience("tapeline").issuer("desk");
  }

  private static Date in(long seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  private static TokenVerifier at(Instant now, Duration skew) {
    return new TokenVerifier(
        new TokenKeys.Secret(Tokens.SECRET),
        new TokenVerifier.Expected("tapeline", "desk", "user", skew),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private void assertRefused(String token, String reason) {
    assertRefused(verifier, token, reason);
  }

  private static void assertRefused(TokenVerifier verifier, String token, String reason) {
    RefusedException refused = assertThrows(RefusedException.class, () -> verifier.verify(token));
    assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused::getMessage);
  }

  @Test
  void aTokenSaysWhoInWhichRoleUntilWhen() {
    Instant end = Instant.ofEpochSecond(NOW.getEpochSecond() + 60);
    String token =
        Tokens.signed(
            good().claim("role", "trader").expirationTime(Date.from(end)).issueTime(in(0)));
    assertEquals(new Identity("u1", "trader", end), verifier.verify(token));
  }

  @Test
  void withoutARoleItIsTheDefaultOne() {
    assertEquals("user", verifier.verify(Tokens.signed(good())).role());
  }

  @Test
  void withoutASignatureItIsNothing() {
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    String claims = Tokens.signed(good()).split("\\.", -1)[1];
    assertRefused(header + "." + claims + ".", "not a signed token");
    assertRefused(header + "." + claims, "not a signed token");
  }

  @Test
  void withAnotherSecretOrChangedClaimsItIsNothing() {
    byte[] another = "x".repeat(32).getBytes(StandardCharsets.UTF_8);
    assertRefused(Tokens.signed(good(), another), "signature");
    String[] parts = Tokens.signed(good()).split("\\.", -1);
    String[] admin = Tokens.signed(good().claim("role", "admin"), another).split("\\.", -1);
    assertRefused(parts[0] + "." + admin[1] + "." + parts[2], "signature");
  }

  @Test
  void beforeAndAfterItsTimeItIsNothing() {
    assertRefused(Tokens.signed(good().expirationTime(in(-60))), "expired");
    assertRefused(Tokens.signed(good().notBeforeTime(in(60))), "not valid yet");
    assertRefused(Tokens.signed(good().issueTime(in(60))), "not valid yet");
  }

  @Test
  void clocksMayDifferByTheSameAtBothEnds() {
    TokenVerifier lenient = at(NOW, Duration.ofSeconds(10));
    for (JWTClaimsSet.Builder within :
        List.of(
            good().expirationTime(in(-9)), good().notBeforeTime(in(9)), good().issueTime(in(9)))) {
      assertEquals("u1", lenient.verify(Tokens.signed(within)).subject());
      assertRefused(at(NOW, Duration.ofSeconds(1)), Tokens.signed(within), "");
    }
    assertRefused(lenient, Tokens.signed(good().expirationTime(in(-11))), "expired");
    assertRefused(lenient, Tokens.signed(good().notBeforeTime(in(12))), "not valid yet");
  }

  @Test
  void aConnectionEndsWhenItsTokenWouldBeRefused() {
    TokenVerifier lenient = at(NOW, Duration.ofSeconds(10));
    String token = Tokens.signed(good().expirationTime(in(60)));
    Instant end =
        new Authenticator(Policy.builtIn(Tokens.PERSONAL), lenient, null, Runnable::run)
            .endOf(lenient.verify(token))
            .orElseThrow();
    assertEquals("u1", at(end.minusMillis(1), Duration.ofSeconds(10)).verify(token).subject());
    assertRefused(at(end, Duration.ofSeconds(10)), token, "expired");
  }

  @Test
  void timesBeyondAllYearsAreWhatTheySay() {
    long overflowing = Long.MAX_VALUE / 1000 + 1_000_000;
    for (Object never : List.of(overflowing, Long.MAX_VALUE, 1e300)) {
      assertRefused(Tokens.signed(good().claim("nbf", never)), "not valid yet");
      assertRefused(Tokens.signed(good().claim("iat", never)), "not valid yet");
      assertEquals("u1", verifier.verify(Tokens.signed(good().claim("exp", never))).subject());
    }
    assertRefused(Tokens.signed(good().claim("exp", -overflowing)), "expired");
    assertRefused(Tokens.signed(good().claim("nbf", "soon")), "not a signed token");
  }

  @Test
  void forOthersOrFromOthersItIsNothing() {
    assertRefused(Tokens.signed(good().audience("elsewhere")), "audience");
    assertRefused(Tokens.signed(good().issuer("elsewhere")), "issuer");
    assertRefused(Tokens.signed(Tokens.claims("u1").issuer("desk")), "audience");
  }

  @Test
  void aUserThatCanNotStandInANameIsToldWhatIsAllowed() {
    for (String name :
        new String[] {"*", "u*", "a?b", "", "a\nb", "x".repeat(129), "corp\\ann", "a[1]", "]"}) {
      assertRefused(Tokens.signed(good().subject(name)), "'sub' is no name of a user");
      assertRefused(Tokens.signed(good().subject(name)), "1 to 128 characters, none of * ? [ ] \\");
    }
    for (String name : new String[] {"ann@example.org", "auth0|5f7c", "o'neil", "日本", "a b/c"}) {
      assertEquals(name, verifier.verify(Tokens.signed(good().subject(name))).subject());
    }
  }

  @Test
  void nonsenseAndHugeTokensAreRefusedAtOnce() {
    assertRefused("x".repeat(1 << 20), "at most");
    assertRefused("a.b.c", "not a signed token");
    assertRefused("", "not a signed token");
    assertRefused(Tokens.signed(good().claim("role", 7)), "role");
  }

  @Test
  void aShortSecretIsNoSecret() {
    assertThrows(IllegalArgumentException.class, () -> new TokenKeys.Secret("x".repeat(31)));
  }
}
