package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.ChaosException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A child process that can be killed and frozen. It ends with this JVM. */
final class Child {

  private static final int FIRST_PORT = 12_000;
  private static final int FIRST_EPHEMERAL_PORT = 32_768;
  private static final int MAX_TRIES = 1_000;

  private final Process process;
  private final Thread last;

  private Child(Process process) {
    this.process = process;
    this.last = new Thread(process::destroyForcibly, "end-of-child");
    Runtime.getRuntime().addShutdownHook(last);
  }

  /**
   * Starts it.
   *
   * @param log gets the output, appended
   */
  static Child start(List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    try {
      return new Child(builder.start());
    } catch (IOException e) {
      throw new ChaosException("can't start " + command.getFirst(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process as a crash does, even if it is frozen. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(last);
  }

  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new ChaosException("can't send " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A port that the system gives to no outgoing connection, so that it stays free for each restart.
   */
  static int freePort() {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_EPHEMERAL_PORT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new ChaosException("no free port");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
