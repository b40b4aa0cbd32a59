package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.ChaosException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A child process that can be killed and frozen. It ends with this JVM. */
final class Child {

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
   * @param log gets what it prints, behind what is there
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

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as a crash does; a frozen one too. */
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

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new ChaosException("no free port", e);
    }
  }
}
