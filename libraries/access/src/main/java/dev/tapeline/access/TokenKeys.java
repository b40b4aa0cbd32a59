package dev.tapeline.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * What tokens may be signed with. A source takes its own algorithms only, so that a public key is
 * never taken for a secret.
 */
public sealed interface TokenKeys permits TokenKeys.Secret, PublishedKeys {

  /** The algorithms that count. */
  Set<JWSAlgorithm> algorithms();

  /**
   * Those that may have signed a token with this header.
   *
   * @throws UnavailableException if they can't be had now
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
}
