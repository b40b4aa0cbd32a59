package dev.tapeline.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * The keys that tokens may be signed with. Each source accepts its own algorithms only, so that a
 * public key is never used as a secret.
 */
public sealed interface TokenKeys permits TokenKeys.Secret, PublishedKeys {

  /** The accepted algorithms. */
  Set<JWSAlgorithm> algorithms();

  /**
   * The verifiers of the keys that may have signed a token with this header.
   *
   * @throws UnavailableException if they can't be had now
   */
  List<JWSVerifier> verifiers(JWSHeader header);

  /** Whether a check may take long, because keys must be fetched. */
  boolean isRemote();

  /** A secret that is shared with the issuer of the tokens: HS256. */
  final class Secret implements TokenKeys {

    /** The length of an HS256 signature. */
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
}
