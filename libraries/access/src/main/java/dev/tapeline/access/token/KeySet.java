package dev.tapeline.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The public keys of one answer. A key that can't be used is left out and does not affect the
 * others (RFC 7517, section 5); a key for another use, such as encryption, is ignored.
 *
 * @param usable keys, each with the verifier of its signatures
 * @param leftOut descriptions of keys that are wrong, or of kinds that are not supported
 */
record KeySet(List<Key> usable, List<String> leftOut) {

  static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);

  /**
   * The fewest bits of an RSA key (RFC 7518, section 3.3), and the most that are quick to check.
   */
  private static final int LEAST_RSA_BITS = 2_048;

  private static final int MOST_RSA_BITS = 16_384;

  private static final int SHOWN = 120;

  /** A key and the verifier of its signatures. */
  record Key(JWK jwk, JWSVerifier verifier) {}

  /**
   * Reads a set.
   *
   * @throws ParseException if the text is not a key set
   */
  static KeySet parse(String text) throws ParseException {
    Map<String, Object> set = JSONObjectUtils.parse(text);
    if (set == null || !(set.get("keys") instanceof List<?> keys)) { // null by a text "null"
      throw new ParseException("there is no list of \"keys\" in it", 0);
    }
    List<Key> usable = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      try {
        JWK jwk = read(keys.get(i));
        if (isForSignatures(jwk)) {
          usable.add(new Key(jwk, verifier(jwk)));
        }
      } catch (ParseException | JOSEException e) {
        leftOut.add(
            "%s: %s".formatted(name(keys.get(i), i), printable(String.valueOf(e.getMessage()))));
      }
    }
    return new KeySet(List.copyOf(usable), List.copyOf(leftOut));
  }

  private static JWK read(Object key) throws ParseException {
    if (!(key instanceof Map<?, ?> members)) {
      throw new ParseException("it is no JSON object", 0);
    }
    Map<String, Object> copy = JSONObjectUtils.newJSONObject();
    members.forEach((name, value) -> copy.put(String.valueOf(name), value));
    try {
      return JWK.parse(copy);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ParseException(String.valueOf(e.getMessage()), 0);
    }
  }

  private static boolean isForSignatures(JWK jwk) {
    return !KeyUse.ENCRYPTION.equals(jwk.getKeyUse())
        && (jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY))
        && (jwk.getAlgorithm() == null
            || ALGORITHMS.stream().anyMatch(one -> one.equals(jwk.getAlgorithm())));
  }

  private static JWSVerifier verifier(JWK jwk) throws JOSEException {
    return switch (jwk) {
      case RSAKey rsa when rsa.size() < LEAST_RSA_BITS || rsa.size() > MOST_RSA_BITS ->
          throw new JOSEException(
              "an RSA key has %d to %d bits, this one has %d"
                  .formatted(LEAST_RSA_BITS, MOST_RSA_BITS, rsa.size()));
      case RSAKey rsa -> new RSASSAVerifier(rsa);
      case ECKey ec when !Curve.P_256.equals(ec.getCurve()) ->
          throw new JOSEException("ES256 takes keys of P-256, not of " + ec.getCurve());
      case ECKey ec -> new ECDSAVerifier(ec);
      case OctetKeyPair ed -> new EdVerifier(ed);
      default -> throw new JOSEException("keys of kind " + jwk.getKeyType() + " are not supported");
    };
  }

  private static String name(Object key, int index) {
    Object id = key instanceof Map<?, ?> members ? members.get("kid") : null;
    return id == null ? "number %d, without a kid".formatted(index + 1) : printable("" + id);
  }

  /** The text on one short line, whatever its author has put into it. */
  static String printable(String text) {
    String line = text.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  /** The verifiers of the keys that may have signed a token with this header. */
  List<JWSVerifier> matching(JWSHeader header) {
    JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
    return usable.stream().filter(key -> matcher.matches(key.jwk())).map(Key::verifier).toList();
  }
}
