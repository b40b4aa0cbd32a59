package dev.tapeline.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate chain, the server's own certificate first, and the key that belongs to it.
 *
 * @param key never printed
 */
public record CertifiedKey(List<X509Certificate> chain, PrivateKey key) {

  public CertifiedKey {
    chain = List.copyOf(chain);
  }

  /** The earliest expiry of the certificates that a client checks. */
  public Instant expires() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /** The subject of the certificate. */
  public String subject() {
    return String.valueOf(chain.getFirst().getSubjectX500Principal());
  }

  /** Whether a signature of the key is valid for the certificate. */
  boolean belongsTogether() {
    PublicKey open = chain.getFirst().getPublicKey();
    if (!algorithm(open.getAlgorithm()).equals(algorithm(key.getAlgorithm()))) {
      return false;
    }
    try {
      byte[] text = {1};
      Signature signing = Signature.getInstance(algorithm(key.getAlgorithm()));
      signing.initSign(key);
      signing.update(text);
      byte[] signature = signing.sign();
      signing.initVerify(open);
      signing.update(text);
      return signing.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // as with keys of different curves
    }
  }

  private static String algorithm(String key) {
    return switch (key) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "EdDSA";
    };
  }

  /** The TLS context of the pair: TLS 1.2 and 1.3 for HTTP/1.1. */
  JdkSslContext context() throws IOException {
    return (JdkSslContext)
        SslContextBuilder.forServer(key, chain)
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_1_1))
            .build();
  }

  @Override
  public String toString() {
    return subject();
  }
}
