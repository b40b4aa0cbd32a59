package dev.tapeline.bench.packets;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.dhan.SamplePackets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Dhan's own SDK for Python, unmodified: pip installs it from PyPI into an environment of its own
 * beside this program, {@code target/python-sdk}.
 */
final class PythonSdk {

  private static final String PACKAGE = "dhanhq==2.3.0";
  private static final String RESULT = "nanoseconds ";
  private static final int ROUNDS = 5;
  private static final int MOST_PACKETS = 20_000;
  private static final int PATIENCE_MINUTES = 10;

  private final Path folder;

  private PythonSdk(Path folder) {
    this.folder = folder;
  }

  /**
   * Installs it, unless that has been done.
   *
   * @throws BenchException if Python, pip or the package can't be had
   */
  static PythonSdk install() throws IOException, InterruptedException {
    PythonSdk sdk = new PythonSdk(beside("python-sdk"));
    Path done = sdk.folder.resolve(PACKAGE);
    if (!Files.exists(done)) {
      run(List.of("python3", "-m", "venv", sdk.folder.toString()));
      run(List.of(sdk.python(), "-m", "pip", "install", "--quiet", PACKAGE));
      Files.createFile(done);
    }
    return sdk;
  }

  private static Path beside(String name) {
    try {
      return Path.of(PythonSdk.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .resolveSibling(name);
    } catch (URISyntaxException e) {
      throw new BenchException("can't tell where this program is: " + e.getMessage(), e);
    }
  }

  private String python() {
    return folder.resolve("bin").resolve("python").toString();
  }

  /** How many nanoseconds of processor time its parser takes for a packet; the median of five. */
  double nanosPerPacket(SamplePackets sample) throws IOException, InterruptedException {
    Path script = Files.createTempFile(folder, "sdk", ".py");
    Path packets = Files.createTempFile(folder, "packets", ".bin");
    try {
      Files.writeString(script, script());
      try (OutputStream out = Files.newOutputStream(packets)) {
        for (byte[] packet : sample.packets().stream().limit(MOST_PACKETS).toList()) {
          out.write(packet);
        }
      }
      String printed =
          run(
              List.of(
                  python(),
                  script.toString(),
                  packets.toString(),
                  Integer.toString(sample.size()),
                  Integer.toString(ROUNDS)));
      return printed
          .lines()
          .filter(line -> line.startsWith(RESULT))
          .mapToDouble(line -> Double.parseDouble(line.substring(RESULT.length())))
          .findFirst()
          .orElseThrow(() -> new BenchException("Dhan's SDK does not answer: " + printed));
    } finally {
      Files.delete(script);
      Files.delete(packets);
    }
  }

  private static String script() throws IOException {
    try (InputStream in = PythonSdk.class.getResourceAsStream("sdk.py")) {
      if (in == null) {
        throw new BenchException("sdk.py is missing in this program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Runs a program to its end, and returns what it prints. */
  private static String run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("tapeline-bench", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();
      String printed = Files.readString(output);
      if (!ended || process.exitValue() != 0) {
        throw new BenchException(
            "%s fails: %s".formatted(String.join(" ", command), printed.strip()));
      }
      return printed;
    } finally {
      Files.delete(output);
    }
  }
}
