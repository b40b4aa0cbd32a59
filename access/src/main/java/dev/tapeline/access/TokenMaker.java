package dev.tapeline.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/** Makes tokens that {@link TokenVerifier} takes, signed with a shared secret. */
public final class TokenMaker {

  private TokenMaker() {}

  /**
   * A token of this client, with nothing else in it.
   *
   * @throws IllegalArgumentException if the secret is too short, or the subject can't stand in a
   *     channel's name
   */
  public static String make(String secret, Identity identity) {
    if (identity.subject().filter(name -> !Identity.isSubject(name)).isPresent()) {
      throw new IllegalArgumentException("this user can't stand in a channel's name");
    }
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().claim("role", identity.role());
    identity.subject().ifPresent(claims::subject);
    identity.expires().map(Date::from).ifPresent(claims::expirationTime);
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
    try {
      token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalArgumentException(
          "a secret has at least %d bytes".formatted(TokenKeys.Secret.LEAST_BYTES), e);
    }
  }
}
