package dev.tapeline.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tapeline.access.policy.Identity;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON Web Tokens (RFC 7519): {@code sub} is the user, {@code role} the role, {@code exp} the
 * end. A token is valid from its {@code nbf} and {@code iat} to its {@code exp}, by this node's
 * clock and with the same leeway at both ends. Safe for all threads.
 */
public final class TokenVerifier {

  static final int LONGEST = 8 << 10;

  /** How far an issuer's clock may differ from this node's by default. */
  public static final Duration SKEW = Duration.ofSeconds(2);

  private final TokenKeys keys;
  private final Expected expected;
  private final Clock clock;

  /**
   * What a token must say beside having a valid signature.
   *
   * @param audience one of {@code aud}; null for any
   * @param issuer {@code iss}; null for any
   * @param defaultRole of tokens without a role
   * @param skew how far clocks may differ: a token begins that much earlier, and ends that much
   *     later
   */
  public record Expected(
      @Nullable String audience, @Nullable String issuer, String defaultRole, Duration skew) {}

  public TokenVerifier(TokenKeys keys, Expected expected, Clock clock) {
    this.keys = keys;
    this.expected = expected;
    this.clock = clock;
  }

  /** How far clocks may differ. */
  public Duration skew() {
    return expected.skew();
  }

  /** The keys at an address that tokens are checked with; empty if there is a secret instead. */
  public Optional<PublishedKeys> publishedKeys() {
    return keys instanceof PublishedKeys published ? Optional.of(published) : Optional.empty();
  }

  public boolean isRemote() {
    return keys.isRemote();
  }

  /**
   * Checks a token, and returns whose it is.
   *
   * @throws RefusedException saying why it is not valid
   * @throws UnavailableException if it can't be checked now
   */
  public Identity verify(String token) {
    if (token.length() > LONGEST) {
      throw new RefusedException("a token has at most %d characters".formatted(LONGEST));
    }
    SignedJWT jwt;
    JWTClaimsSet claims;
    TokenTimes times;
    try {
      jwt = SignedJWT.parse(token);
      claims = jwt.getJWTClaimsSet();
      times = TokenTimes.of(jwt.getPayload().toJSONObject());
    } catch (ParseException e) {
      throw new RefusedException("this is not a signed token");
    }
    checkSignature(jwt);
    checkTimes(times);
    checkNames(claims);
    return identity(claims, times);
  }

  private void checkSignature(SignedJWT jwt) {
    if (!keys.algorithms().contains(jwt.getHeader().getAlgorithm())) {
      throw new RefusedException("tokens are signed with one of " + keys.algorithms());
    }
    List<JWSVerifier> verifiers = keys.verifiers(jwt.getHeader());
    if (verifiers.isEmpty()) {
      throw new RefusedException("the token's signature is by a key that is not published");
    }
    if (verifiers.stream().noneMatch(verifier -> isSignedFor(jwt, verifier))) {
      throw new RefusedException("the token's signature is wrong");
    }
  }

  private static boolean isSignedFor(SignedJWT jwt, JWSVerifier verifier) {
    try {
      return jwt.verify(verifier);
    } catch (JOSEException e) {
      return false; // a key of another kind, or a header that must be understood and is not
    }
  }

  private void checkTimes(TokenTimes times) {
    Instant now = clock.instant();
    if (times.begin().minus(expected.skew()).isAfter(now)) {
      throw new RefusedException("the token is not valid yet");
    }
    Instant end = times.end();
    if (end != null && !end.plus(expected.skew()).isAfter(now)) {
      throw new RefusedException("the token has expired");
    }
  }

  private void checkNames(JWTClaimsSet claims) {
    String audience = expected.audience();
    if (audience != null && !claims.getAudience().contains(audience)) {
      throw new RefusedException("the token is for another audience");
    }
    String issuer = expected.issuer();
    if (issuer != null && !issuer.equals(claims.getIssuer())) {
      throw new RefusedException("the token is from another issuer");
    }
  }

  private Identity identity(JWTClaimsSet claims, TokenTimes times) {
    String subject = claims.getSubject();
    if (subject != null && !Identity.isSubject(subject)) {
      throw new RefusedException("the token's 'sub' is no name of a user: " + Identity.SUBJECTS);
    }
    Object role = claims.getClaim("role");
    if (role != null && !(role instanceof String)) {
      throw new RefusedException("the token's role is not a string");
    }
    return new Identity(
        subject, role == null ? expected.defaultRole() : (String) role, times.end());
  }
}
