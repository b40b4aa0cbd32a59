package dev.tapeline.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * What tokens may be signed with. A source takes its own algorithms only, so that a public key is
 * never taken for a secret.
 */
public sealed interface TokenKeys {

  /** The algorithms that count. */
  Set<JWSAlgorithm> algorithms();

  /**
   * Those that may have signed a token with this header.
   *
   * @throws RefusedException if they can't be had
   */
  List<JWSVerifier> verifiers(JWSHeader header);

  /** Whether asking may take long, as keys have to be fetched. */
  boolean isRemote();

  /** A secret that is shared with who makes the tokens: HS256. */
  final class Secret implements TokenKeys {

    /** As many as HS256 has. */
    public static final int LEAST_BYTES = 32;

    private final byte[] secret;

    public Secret(String text) {
      secret = text.getBytes(StandardCharsets.UTF_8);
      if (secret.length < LEAST_BYTES) {
        throw new IllegalArgumentException("a secret has at least %d bytes".formatted(LEAST_BYTES));
      }
    }

    @Override
    public Set<JWSAlgorithm> algorithms() {
      return Set.of(JWSAlgorithm.HS256);
    }

    @Override
    public List<JWSVerifier> verifiers(JWSHeader header) {
      try {
        return List.of(new MACVerifier(secret));
      } catch (JOSEException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean isRemote() {
      return false;
    }
  }

  /**
   * The public keys at an address, by key id: RS256, ES256, EdDSA. Kept for five minutes; fetched
   * at once when a token names a key that is not among them, but not more than twice in half a
   * minute; while the address can't be reached the last ones go on for an hour.
   */
  final class Published implements TokenKeys {

    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int MAX_BYTES = 256 << 10;
    private static final long OUTAGE_MILLIS = 3_600_000;

    private final JWKSource<SecurityContext> source;

    public Published(URL address) {
      source =
          JWKSourceBuilder.create(
                  address, new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES))
              .retrying(true)
              .outageTolerant(OUTAGE_MILLIS)
              .build();
    }

    @Override
    public Set<JWSAlgorithm> algorithms() {
      return Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);
    }

    @Override
    public List<JWSVerifier> verifiers(JWSHeader header) {
      try {
        return source.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null).stream()
            .map(Published::verifier)
            .toList();
      } catch (RateLimitReachedException e) {
        return List.of(); // asked for a key that was not there a moment ago
      } catch (KeySourceException e) {
        throw new RefusedException("the keys that tokens are signed with can't be read now");
      }
    }

    private static JWSVerifier verifier(JWK key) {
      try {
        return switch (key) {
          case RSAKey rsa -> new RSASSAVerifier(rsa);
          case ECKey ec -> new ECDSAVerifier(ec);
          case OctetKeyPair ed -> new EdVerifier(ed);
          default -> throw new RefusedException("a key of a kind that is not taken");
        };
      } catch (JOSEException e) {
        throw new RefusedException("the key of this token can't be used");
      }
    }

    @Override
    public boolean isRemote() {
      return true;
    }
  }
}
