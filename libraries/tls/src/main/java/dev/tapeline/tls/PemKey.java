package dev.tapeline.tls;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads private keys of RSA, EC and EdDSA from PEM text: PKCS#8, not encrypted. */
final class PemKey {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final String CONVERT = "convert it by: openssl pkcs8 -topk8 -nodes -in OLD -out ";

  private PemKey() {}

  /**
   * Reads the first key.
   *
   * @param file as the messages name it
   * @throws TlsException saying what the file is instead, and how to correct it
   */
  static PrivateKey parse(String pem, String file) {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new TlsException("%s has no PEM block 'PRIVATE KEY'".formatted(file));
    }
    String kind = block.group(1);
    if (kind.equals("PRIVATE KEY") && !pem.contains("Proc-Type: 4,ENCRYPTED")) {
      return decode(block.group(2), file);
    }
    throw new TlsException(
        "%s holds an '%s', not an unencrypted 'PRIVATE KEY' (PKCS#8); %s%s"
            .formatted(file, kind, CONVERT, file));
  }

  private static PrivateKey decode(String base64, String file) {
    PKCS8EncodedKeySpec spec;
    try {
      spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new TlsException("%s is damaged: its key is no base64".formatted(file), e);
    }
    return ALGORITHMS.stream()
        .flatMap(algorithm -> decode(algorithm, spec).stream())
        .findFirst()
        .orElseThrow(() ->
            new TlsException(
                "%s is damaged, or its key is not of RSA, EC or EdDSA".formatted(file)));
  }

  private static Optional<PrivateKey> decode(String algorithm, PKCS8EncodedKeySpec spec) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
