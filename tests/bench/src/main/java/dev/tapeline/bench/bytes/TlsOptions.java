package dev.tapeline.bench.bytes;

import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.tls.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the certificate for a gateway in this process that speaks TLS. */
final class TlsOptions {

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Also measures over TLS, with this certificate (PEM), which clients trust.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key (PEM, PKCS#8).")
  private @Nullable Path key;

  Optional<TlsFiles> files() {
    OptionCheck.check((certificate == null) == (key == null), "--tls-cert", "given with --tls-key");
    return certificate == null || key == null
        ? Optional.empty()
        : Optional.of(new TlsFiles(certificate, key));
  }
}
