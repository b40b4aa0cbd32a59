package dev.tapeline.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tapeline.access.Authenticator;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.PersonalChannels;
import dev.tapeline.access.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes tokens for tests, and authenticators that accept them. */
public final class Tokens {

  public static final String SECRET = "a secret of tests that is long enough";

  /** The personal channels of tests. */
  public static final PersonalChannels PERSONAL =
      PersonalChannels.of(List.of("positions:", "alerts:"));

  private Tokens() {}

  /** A token of a user, valid for a number of milliseconds. */
  public static String of(String subject, @Nullable String role, long millis) {
    JWTClaimsSet.Builder claims =
        claims(subject).expirationTime(Date.from(Instant.now().plusMillis(millis)));
    return signed(role == null ? claims : claims.claim("role", role));
  }

  /**
   * An authenticator that accepts these tokens.
   *
   * @param anonymous the identity of a client that shows nothing; null if each must show a token
   */
  public static Authenticator authenticator(Policy policy, @Nullable Identity anonymous) {
    TokenVerifier verifier =
        new TokenVerifier(
            new TokenKeys.Secret(SECRET),
            new TokenVerifier.Expected(null, null, Policy.USER, Duration.ZERO),
            Clock.systemUTC());
    return new Authenticator(policy, verifier, anonymous, Runnable::run);
  }

  /** The identity of a credential, which must be valid. */
  public static Identity identityOf(Authenticator authenticator, String credential) {
    Verdict verdict = authenticator.authenticate(credential).toCompletableFuture().join();
    if (verdict instanceof Verdict.Known(Identity identity)) {
      return identity;
    }
    throw new AssertionError(verdict);
  }

  public static JWTClaimsSet.Builder claims(String subject) {
    return new JWTClaimsSet.Builder().subject(subject);
  }

  static String signed(JWTClaimsSet.Builder claims) {
    return signed(claims, SECRET.getBytes(StandardCharsets.UTF_8));
  }

  static String signed(JWTClaimsSet.Builder claims, byte[] secret) {
    try {
      return signed(claims, new JWSHeader(JWSAlgorithm.HS256), new MACSigner(secret));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String signed(JWTClaimsSet.Builder claims, JWSHeader header, JWSSigner signer) {
    SignedJWT jwt = new SignedJWT(header, claims.build());
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return jwt.serialize();
  }
}
