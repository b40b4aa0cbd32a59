package dev.tapeline.server.settings.part;

import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.declaration.Values;
import dev.tapeline.tls.TlsException;
import dev.tapeline.tls.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of TLS: whether the ports speak it, and with which files. */
public final class TlsSettings {

  public static final Setting<Optional<Path>> TLS_CERT =
      Setting.optional(
          "TLS_CERT",
          SettingKind.TEXT,
          "none",
          Range.files("a PEM file, with tls-key"),
          "certificate of this server. With it all ports speak TLS");
  public static final Setting<Optional<Path>> TLS_KEY =
      Setting.optional(
          "TLS_KEY",
          SettingKind.TEXT,
          "none",
          Range.files("a PEM file, with tls-cert"),
          "key of the certificate, in PKCS#8 and not encrypted");

  private TlsSettings() {}

  public static Optional<TlsFiles> from(Values values) {
    Optional<Path> certificate = values.get(TLS_CERT);
    Optional<Path> key = values.get(TLS_KEY);
    if (certificate.isPresent() && key.isPresent()) {
      return Optional.of(checked(new TlsFiles(certificate.get(), key.get()), values));
    }
    values.given(TLS_CERT).ifPresent(value -> refuseAlone(value, TLS_KEY));
    values.given(TLS_KEY).ifPresent(value -> refuseAlone(value, TLS_CERT));
    return Optional.empty();
  }

  private static TlsFiles checked(TlsFiles files, Values values) {
    try {
      var _ = files.load();
      return files;
    } catch (TlsException e) {
      throw new ConfigException(
          "tls-cert and tls-key (%s, %s): %s"
              .formatted(
                  values.named(TLS_CERT).source(), values.named(TLS_KEY).source(), e.getMessage()));
    }
  }

  private static void refuseAlone(Value value, Setting<?> missing) {
    throw ConfigException.notAllowed(value, "only together with " + missing.key());
  }
}
