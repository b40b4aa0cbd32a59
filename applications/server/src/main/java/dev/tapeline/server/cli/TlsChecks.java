package dev.tapeline.server.cli;

import dev.tapeline.core.Finding;
import dev.tapeline.tls.CertifiedKey;
import dev.tapeline.tls.TlsException;
import dev.tapeline.tls.TlsFiles;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The check of the certificate: its subject and its expiry. */
final class TlsChecks {

  private static final Duration SOON = Duration.ofDays(14);
  private static final String REMEDY = "renew it; the server loads it without a restart";

  private TlsChecks() {}

  /**
   * Checks it.
   *
   * @param files null if the ports are plain
   */
  static Finding check(@Nullable TlsFiles files, Instant now) {
    return files == null
        ? Finding.ok("tls", "not configured: the ports are plain")
        : certificate(files, now);
  }

  private static Finding certificate(TlsFiles files, Instant now) {
    try {
      return certificate(files.load(), now);
    } catch (TlsException e) {
      return Finding.fail("tls", String.valueOf(e.getMessage()), "fix the named file");
    }
  }

  private static Finding certificate(CertifiedKey pair, Instant now) {
    String text = "the certificate for %s expires at %s".formatted(pair.subject(), pair.expires());
    return pair.expires().isBefore(now.plus(SOON))
        ? Finding.warn("tls", text, REMEDY)
        : Finding.ok("tls", text);
  }
}
