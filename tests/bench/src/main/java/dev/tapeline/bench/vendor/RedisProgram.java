package dev.tapeline.bench.vendor;

import dev.tapeline.bench.cli.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A Redis server as a program file: a given one, or the one that the tests use. */
final class RedisProgram {

  private RedisProgram() {}

  /**
   * The command that runs a Redis without persistence on a port of this machine.
   *
   * @param own null for that of the tests
   */
  static List<String> command(@Nullable Path own, Path folder, int port) {
    Path program = own == null ? file(folder) : own;
    return List.of(
        program.toString(),
        "--port",
        Integer.toString(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        folder.toString());
  }

  private static Path file(Path folder) {
    String name = "redis-server-7.0.15-" + system();
    try (InputStream program = RedisProgram.class.getResourceAsStream("/" + name)) {
      if (program == null) {
        throw new BenchException("there is no Redis for this machine: " + name);
      }
      Path file = folder.resolve("redis-server");
      Files.copy(program, file);
      if (!file.toFile().setExecutable(true)) {
        throw new BenchException("can't make %s a program".formatted(file));
      }
      return file;
    } catch (IOException e) {
      throw new BenchException("can't write Redis to %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static String system() {
    String kernel =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac")
            ? "darwin"
            : "linux";
    return kernel + (System.getProperty("os.arch", "").equals("aarch64") ? "-arm64" : "-amd64");
  }
}
