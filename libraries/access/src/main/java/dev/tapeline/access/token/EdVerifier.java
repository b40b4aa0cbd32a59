package dev.tapeline.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.CriticalHeaderParamsDeferral;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/**
 * Checks Ed25519 signatures (RFC 8037) with the JDK; the library's own verifier needs another
 * library.
 */
final class EdVerifier implements JWSVerifier {

  /** The bytes in front of a public key's 32 bytes in its SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] INFO = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int KEY_BYTES = 32;

  private final CriticalHeaderParamsDeferral critical = new CriticalHeaderParamsDeferral();
  private final JCAContext context = new JCAContext();
  private final PublicKey key;

  EdVerifier(OctetKeyPair pair) throws JOSEException {
    byte[] x = pair.getDecodedX();
    if (!pair.getCurve().equals(Curve.Ed25519) || x.length != KEY_BYTES) {
      throw new JOSEException("not a key of Ed25519");
    }
    byte[] encoded = new byte[INFO.length + KEY_BYTES];
    System.arraycopy(INFO, 0, encoded, 0, INFO.length);
    System.arraycopy(x, 0, encoded, INFO.length, KEY_BYTES);
    try {
      key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      Signature.getInstance("Ed25519").initVerify(key); // rejects points off the curve
    } catch (GeneralSecurityException e) {
      throw new JOSEException("not a key of Ed25519", e);
    }
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
    if (!supportedJWSAlgorithms().contains(header.getAlgorithm())
        || !critical.headerPasses(header)) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(signed);
      return check.verify(signature.decode());
    } catch (GeneralSecurityException e) {
      return false; // of another length
    }
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.EdDSA);
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }
}
