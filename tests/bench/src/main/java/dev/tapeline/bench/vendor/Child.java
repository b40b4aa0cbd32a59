package dev.tapeline.bench.vendor;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.host.ProcessCpu;
import dev.tapeline.bench.host.Waiting;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that this one has started and that listens on a port. Its output goes to a file.
 *
 * @param name of the process in messages
 */
record Child(String name, Process process, int port, Path log) implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int END_SECONDS = 10;
  private static final int SHOWN = 2_000;

  /** Starts a program, and waits until it listens. */
  static Child start(
      String name, Path folder, int port, List<String> command, Map<String, String> environment)
      throws InterruptedException {
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Child child;
    try {
      child = new Child(name, builder.start(), port, log);
    } catch (IOException e) {
      throw new BenchException("can't start %s: %s".formatted(name, e.getMessage()), e);
    }
    if (!Waiting.until(() -> !child.process.isAlive() || child.isListening(), START, LOOK)
        || !child.process.isAlive()) {
      child.close();
      throw new BenchException("%s does not start: %s".formatted(name, child.lastOutput()));
    }
    return child;
  }

  /** The command that runs a class of this class path, in a JVM with the flags of this one. */
  static List<String> java(String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-javaagent") && !flag.startsWith("-XX:StartFlight"))
        .forEach(command::add);
    command.add("-cp");
    command.add(System.getProperty("java.class.path", "."));
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The processor time that it has used, in seconds. */
  double cpuSeconds() {
    Duration used = ProcessCpu.of(process.pid());
    if (used == null) {
      throw new BenchException("%s has ended: %s".formatted(name, lastOutput()));
    }
    return used.toNanos() / 1e9;
  }

  String lastOutput() {
    try {
      String text = Files.readString(log, StandardCharsets.UTF_8);
      return text.substring(Math.max(0, text.length() - SHOWN)).strip();
    } catch (IOException e) {
      return "its output can't be read: " + e.getMessage();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
