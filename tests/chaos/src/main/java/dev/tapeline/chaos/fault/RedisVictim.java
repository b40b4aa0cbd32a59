package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.ChaosException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.embedded.RedisExecProvider;

/** A real Redis server or sentinel, with a folder and a configuration of its own. */
public final class RedisVictim extends Victim {

  private static final int ANSWER_MILLIS = 1_000;

  private final Path folder;
  private final List<String> mode;

  private RedisVictim(String name, Path parent, List<String> mode, List<String> settings) {
    super(name);
    this.folder = parent.resolve(name);
    this.mode = mode;
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of("port " + port(), "bind 127.0.0.1", "dir " + folder));
    try {
      Files.createDirectories(folder);
      Files.write(configuration(), all);
    } catch (IOException e) {
      throw new ChaosException("no folder for " + name, e);
    }
  }

  /**
   * A server that is not started yet.
   *
   * @param persists whether it writes each command to its file before it answers
   * @param settings further lines of its configuration
   */
  static RedisVictim server(String name, Path parent, boolean persists, List<String> settings) {
    List<String> all = new ArrayList<>(settings);
    all.add("save \"\"");
    all.add("appendonly " + (persists ? "yes" : "no"));
    all.add("appendfsync always");
    return new RedisVictim(name, parent, List.of(), all);
  }

  static RedisVictim sentinel(String name, Path parent, List<String> settings) {
    return new RedisVictim(name, parent, List.of("--sentinel"), settings);
  }

  private Path configuration() {
    return folder.resolve("redis.conf");
  }

  @Override
  Child launch() {
    List<String> command = new ArrayList<>(List.of(Binary.PATH, configuration().toString()));
    command.addAll(mode);
    return Child.start(command, Map.of(), folder.resolve("redis.log"));
  }

  /**
   * The Redis binary, unpacked once before anything is started: a file that a fork has open can't
   * be run.
   */
  private static final class Binary {

    static final String PATH = unpacked();

    private static String unpacked() {
      try {
        return RedisExecProvider.defaultProvider().get().getAbsolutePath();
      } catch (IOException e) {
        throw new ChaosException("no Redis for this system", e);
      }
    }
  }

  @Override
  public boolean isReady() {
    return ask("PING").startsWith("+PONG");
  }

  /** Whether it is a replica that has all data of the master. */
  boolean follows(RedisVictim master) {
    String state = ask("INFO replication");
    return state.contains("master_port:" + master.port() + "\r\n")
        && state.contains("master_link_status:up");
  }

  boolean isMaster() {
    return ask("ROLE").contains("$6\r\nmaster");
  }

  /** The answer to an inline command, as on the wire; empty if there is none. */
  public String ask(String command) {
    try (Socket socket = new Socket()) {
      InetAddress host = InetAddress.getLoopbackAddress();
      socket.connect(new InetSocketAddress(host, port()), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      byte[] answer = new byte[1 << 16];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
