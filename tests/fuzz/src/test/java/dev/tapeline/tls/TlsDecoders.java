package dev.tapeline.tls;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;
import java.nio.file.Path;
import java.util.List;

/** The files of a certificate. */
public final class TlsDecoders {

  private static final TlsFiles FILES = new TlsFiles(Path.of("tls.crt"), Path.of("tls.key"));

  private TlsDecoders() {}

  /** A certificate and its key, in two parts. */
  public static void pem(Input input) {
    List<String> parts = input.parts();
    String key = parts.size() < 2 ? "" : parts.get(1);
    try {
      FILES.parse(new TlsFiles.Found.Content(parts.getFirst(), key));
    } catch (TlsException e) {
      check(e.getMessage().contains("'tls."), "no file in: %s", e.getMessage());
    }
  }
}
