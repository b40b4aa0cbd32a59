package dev.tapeline.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tapeline.access.policy.Identity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Makes tokens that {@link TokenVerifier} accepts, signed with a shared secret. */
public final class TokenMaker {

  private final byte[] secret;
  private final @Nullable String audience;
  private final @Nullable String issuer;

  /**
   * @param audience the {@code aud} of its tokens; null for none
   * @param issuer the {@code iss} of its tokens; null for none
   */
  public TokenMaker(String secret, @Nullable String audience, @Nullable String issuer) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.audience = audience;
    this.issuer = issuer;
  }

  /** Makes a token for this client and any audience. */
  public static String make(String secret, Identity identity) {
    return new TokenMaker(secret, null, null).make(identity);
  }

  /**
   * Makes a token for this client.
   *
   * @throws IllegalArgumentException if the secret is too short, or the subject can't stand in a
   *     channel's name
   */
  public String make(Identity identity) {
    String subject = identity.subject();
    if (subject != null && !Identity.isSubject(subject)) {
      throw new IllegalArgumentException("this is no name of a user: " + Identity.SUBJECTS);
    }
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(identity));
    try {
      token.sign(new MACSigner(secret));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalArgumentException(
          "a secret has at least %d bytes".formatted(TokenKeys.Secret.LEAST_BYTES), e);
    }
  }

  /** The claims; the library leaves out those that are null. */
  private JWTClaimsSet claims(Identity identity) {
    Instant end = identity.expires();
    return new JWTClaimsSet.Builder()
        .claim("role", identity.role())
        .subject(identity.subject())
        .expirationTime(end == null ? null : Date.from(end))
        .audience(audience)
        .issuer(issuer)
        .build();
  }
}
