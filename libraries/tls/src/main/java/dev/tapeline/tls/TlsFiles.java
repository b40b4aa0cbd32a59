package dev.tapeline.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The paths of the certificate and its key.
 *
 * @param certificate a chain in PEM, the server's own certificate first
 * @param key PEM, PKCS#8, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {

  private static final int MAX_BYTES = 1 << 20;

  static {
    // read at the first handshake: a client that begins anew and stalls would make what is written
    // wait without a bound
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  /** The content of the two files at one look; equal if they have not changed. */
  sealed interface Found {

    record Content(String certificate, String key) implements Found {}

    record Unreadable(String why) implements Found {}
  }

  /**
   * Reads both, and checks that they belong together.
   *
   * @throws TlsException naming the file that is wrong
   */
  public CertifiedKey load() {
    return parse(read());
  }

  Found read() {
    try {
      return new Found.Content(text(certificate), text(key));
    } catch (TlsException e) {
      return new Found.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  CertifiedKey parse(Found found) {
    return switch (found) {
      case Found.Content content -> parse(content);
      case Found.Unreadable(String why) -> throw new TlsException(why);
    };
  }

  private CertifiedKey parse(Found.Content content) {
    CertifiedKey pair =
        new CertifiedKey(chain(content.certificate()), PemKey.parse(content.key(), name(key)));
    if (!pair.belongsTogether()) {
      throw new TlsException(
          "the key in %s does not belong to the first certificate in %s"
              .formatted(name(key), name(certificate)));
    }
    return pair;
  }

  private List<X509Certificate> chain(String pem) {
    if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
      throw new TlsException("%s has no PEM block 'CERTIFICATE'".formatted(name(certificate)));
    }
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new TlsException("%s is damaged: %s".formatted(name(certificate), e.getMessage()), e);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new TlsException("%s is longer than 1 MiB".formatted(name(file)));
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new TlsException("%s does not exist".formatted(name(file)), e);
    } catch (AccessDeniedException e) {
      throw new TlsException("%s may not be read by this user".formatted(name(file)), e);
    } catch (IOException e) {
      throw new TlsException("%s can't be read: %s".formatted(name(file), e), e);
    }
  }

  private static String name(Path file) {
    return "the file '" + file + "'";
  }
}
