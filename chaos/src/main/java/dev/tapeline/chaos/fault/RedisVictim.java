package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.ChaosException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisExecProvider;

/** A real Redis; one that persists writes each command to its file before it answers. */
public final class RedisVictim implements Victim {

  private static final int ANSWER_MILLIS = 1_000;

  private final int port = Child.freePort();
  private final Path folder;
  private final boolean persists;
  private @Nullable Child child;

  public RedisVictim(Path folder, boolean persists) {
    this.folder = folder;
    this.persists = persists;
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    List<String> command =
        List.of(
            binary(),
            "--port",
            "" + port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            folder.toString(),
            "--appendonly",
            persists ? "yes" : "no",
            "--appendfsync",
            "always");
    child = Child.start(command, Map.of(), folder.resolve("redis.log"));
  }

  private static String binary() {
    try {
      return RedisExecProvider.defaultProvider().get().getAbsolutePath();
    } catch (IOException e) {
      throw new ChaosException("no Redis for this system", e);
    }
  }

  @Override
  public void kill() {
    if (child != null) {
      child.kill();
    }
  }

  @Override
  public void freeze() {
    if (child != null) {
      child.freeze();
    }
  }

  @Override
  public void thaw() {
    if (child != null) {
      child.thaw();
    }
  }

  @Override
  public boolean isReady() {
    return ask("PING").startsWith("+PONG");
  }

  /** What it answers to an inline command, as it stands on the wire; nothing if it does not. */
  public String ask(String command) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      byte[] answer = new byte[1 << 12];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    kill();
  }
}
