package dev.tapeline.store.history.questdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A real QuestDB server in a child JVM, without compact object headers, which crash it. It is
 * killed with the JVM that has started it, at the latest.
 */
public final class QuestdbForTests implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final int port;
  private Process process;

  private QuestdbForTests(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  private static final class Shared {

    private static final QuestdbForTests SERVER = start();
  }

  /** The server of all tests of this JVM. */
  public static QuestdbForTests shared() {
    return Shared.SERVER;
  }

  /** A server with an empty folder. */
  public static QuestdbForTests start() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path folder = Files.createTempDirectory("tapeline-questdb");
      int port = free.getLocalPort();
      free.close();
      return new QuestdbForTests(folder, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UseCompactObjectHeaders",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                jar(),
                "io.questdb.ServerMain",
                "-d",
                folder.toString()));
    builder.environment().putAll(settings());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log.txt").toFile());
    try {
      Process started = builder.start();
      awaitOpen(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> settings() {
    return Map.of(
        "QDB_HTTP_BIND_TO", "127.0.0.1:" + port,
        "QDB_PG_ENABLED", "false",
        "QDB_LINE_TCP_ENABLED", "false",
        "QDB_HTTP_MIN_ENABLED", "false",
        "QDB_TELEMETRY_ENABLED", "false",
        "QDB_SHARED_WORKER_COUNT", "2");
  }

  private static String jar() {
    for (String part :
        System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
      if (part.contains("questdb-") && part.endsWith(".jar")) {
        return part;
      }
    }
    throw new AssertionError("QuestDB is not on the class path of the tests");
  }

  private void awaitOpen(Process started) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isOpen()) {
      if (!started.isAlive() || System.nanoTime() > end) {
        throw new AssertionError(
            "QuestDB does not run: " + Files.readString(folder.resolve("log.txt")));
      }
      Thread.onSpinWait();
    }
  }

  private boolean isOpen() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Its address, as {@code HISTORY_URL} has it. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Kills it without notice. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again with what it has on disk. */
  public void restart() {
    process = launch();
  }

  @Override
  public void close() {
    kill();
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
