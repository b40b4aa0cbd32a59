package dev.tapeline.server.config;

import dev.tapeline.tls.TlsException;
import dev.tapeline.tls.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the ports speak TLS, and with which files. */
final class TlsSettings {

  private TlsSettings() {}

  static Optional<TlsFiles> from(Values values) {
    Optional<Value> certificate = values.get(Catalog.TLS_CERT);
    Optional<Value> key = values.get(Catalog.TLS_KEY);
    if (certificate.isPresent() && key.isPresent()) {
      return Optional.of(checked(certificate.get(), key.get()));
    }
    certificate.or(() -> key).ifPresent(TlsSettings::refuseAlone);
    return Optional.empty();
  }

  private static TlsFiles checked(Value certificate, Value key) {
    try {
      TlsFiles files = new TlsFiles(Path.of(certificate.text()), Path.of(key.text()));
      var _ = files.load();
      return files;
    } catch (TlsException e) {
      throw new ConfigException(
          "tls-cert and tls-key (%s, %s): %s"
              .formatted(certificate.source(), key.source(), e.getMessage()));
    }
  }

  private static void refuseAlone(Value value) {
    Setting missing = value.setting().equals(Catalog.TLS_CERT) ? Catalog.TLS_KEY : Catalog.TLS_CERT;
    throw ConfigException.notAllowed(value, "only together with " + missing.key());
  }
}
