package dev.tapeline.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON Web Tokens (RFC 7519): {@code sub} is the user, {@code role} the role, {@code exp} the
 * end. Clocks may differ by half a minute. Safe for all threads.
 */
public final class TokenVerifier {

  static final int LONGEST = 8 << 10;
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final TokenKeys keys;
  private final Expected expected;
  private final Clock clock;

  /**
   * What else a token must say.
   *
   * @param audience one of {@code aud}, if given
   * @param issuer {@code iss}, if given
   * @param defaultRole of tokens without a role
   */
  public record Expected(Optional<String> audience, Optional<String> issuer, String defaultRole) {}

  public TokenVerifier(TokenKeys keys, Expected expected, Clock clock) {
    this.keys = keys;
    this.expected = expected;
    this.clock = clock;
  }

  boolean isRemote() {
    return keys.isRemote();
  }

  /**
   * Who the token is of.
   *
   * @throws RefusedException saying why it does not count
   */
  Identity verify(String token) {
    if (token.length() > LONGEST) {
      throw new RefusedException("a token has at most %d characters".formatted(LONGEST));
    }
    SignedJWT jwt;
    JWTClaimsSet claims;
    try {
      jwt = SignedJWT.parse(token);
      claims = jwt.getJWTClaimsSet();
    } catch (ParseException e) {
      throw new RefusedException("this is no signed token");
    }
    checkSignature(jwt);
    checkTimes(claims);
    checkNames(claims);
    return identity(claims);
  }

  private void checkSignature(SignedJWT jwt) {
    if (!keys.algorithms().contains(jwt.getHeader().getAlgorithm())) {
      throw new RefusedException("tokens are signed with one of " + keys.algorithms());
    }
    for (JWSVerifier verifier : keys.verifiers(jwt.getHeader())) {
      if (isSignedFor(jwt, verifier)) {
        return;
      }
    }
    throw new RefusedException("the token's signature is not right");
  }

  private static boolean isSignedFor(SignedJWT jwt, JWSVerifier verifier) {
    try {
      return jwt.verify(verifier);
    } catch (JOSEException e) {
      return false; // a key of another kind, or a header that must be understood and is not
    }
  }

  private void checkTimes(JWTClaimsSet claims) {
    Instant now = clock.instant();
    if (isAfter(claims.getNotBeforeTime(), now.plus(SKEW))
        || isAfter(claims.getIssueTime(), now.plus(SKEW))) {
      throw new RefusedException("the token is not valid yet");
    }
    if (claims.getExpirationTime() != null
        && !claims.getExpirationTime().toInstant().plus(SKEW).isAfter(now)) {
      throw new RefusedException("the token has expired");
    }
  }

  private static boolean isAfter(@Nullable Date time, Instant limit) {
    return time != null && time.toInstant().isAfter(limit);
  }

  private void checkNames(JWTClaimsSet claims) {
    if (expected.audience().filter(name -> !claims.getAudience().contains(name)).isPresent()) {
      throw new RefusedException("the token is for another audience");
    }
    if (expected.issuer().filter(name -> !name.equals(claims.getIssuer())).isPresent()) {
      throw new RefusedException("the token is from another issuer");
    }
  }

  private Identity identity(JWTClaimsSet claims) {
    Optional<String> subject = Optional.ofNullable(claims.getSubject());
    if (subject.isPresent() && !Identity.isSubject(subject.get())) {
      throw new RefusedException("the token's user can't stand in a channel's name");
    }
    Object role = claims.getClaim("role");
    if (role != null && !(role instanceof String)) {
      throw new RefusedException("the token's role is no text");
    }
    return new Identity(
        subject,
        role == null ? expected.defaultRole() : (String) role,
        Optional.ofNullable(claims.getExpirationTime()).map(Date::toInstant));
  }
}
