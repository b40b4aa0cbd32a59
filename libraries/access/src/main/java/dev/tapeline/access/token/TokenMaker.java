package dev.tapeline.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tapeline.access.policy.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;

/** Makes tokens that {@link TokenVerifier} accepts, signed with a shared secret. */
public final class TokenMaker {

  private final byte[] secret;
  private final Optional<String> audience;
  private final Optional<String> issuer;

  /**
   * @param audience the {@code aud} of its tokens, if any
   * @param issuer the {@code iss} of its tokens, if any
   */
  public TokenMaker(String secret, Optional<String> audience, Optional<String> issuer) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.audience = audience;
    this.issuer = issuer;
  }

  /** Makes a token for this client and any audience. */
  public static String make(String secret, Identity identity) {
    return new TokenMaker(secret, Optional.empty(), Optional.empty()).make(identity);
  }

  /**
   * Makes a token for this client.
   *
   * @throws IllegalArgumentException if the secret is too short, or the subject can't stand in a
   *     channel's name
   */
  public String make(Identity identity) {
    if (identity.subject().filter(name -> !Identity.isSubject(name)).isPresent()) {
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

  private JWTClaimsSet claims(Identity identity) {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().claim("role", identity.role());
    identity.subject().ifPresent(claims::subject);
    identity.expires().map(Date::from).ifPresent(claims::expirationTime);
    audience.ifPresent(claims::audience);
    issuer.ifPresent(claims::issuer);
    return claims.build();
  }
}
