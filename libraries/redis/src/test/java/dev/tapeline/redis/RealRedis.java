package dev.tapeline.redis;

import dev.tapeline.redis.address.RedisSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import redis.embedded.Redis;
import redis.embedded.RedisServer;
import redis.embedded.RedisServerBuilder;
import redis.embedded.exceptions.EmbeddedRedisException;

/** A real Redis server of a test, on a port of its own, that can be killed and frozen. */
public final class RealRedis implements AutoCloseable {

  private static final int FIRST_PORT = 10_000;
  private static final int FIRST_EPHEMERAL_PORT = 32_000;
  private static final int MAX_TRIES = 20;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private final int port;
  private final String[] extra;
  private final Path dir;
  private RedisServer server;
  private ProcessHandle process;

  private RealRedis(int port, Path dir, String... extra) {
    this.dir = dir;
    this.port = port;
    this.extra = extra;
  }

  public static RealRedis running(String... settings) {
    RealRedis redis = stopped(settings);
    redis.start();
    return redis;
  }

  /** One that has a port but does not run yet. */
  public static RealRedis stopped(String... settings) {
    try {
      return new RealRedis(freePort(), Files.createTempDirectory("tapeline-redis"), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  public RedisSettings settings() {
    return RedisSettings.of("127.0.0.1", port, null);
  }

  /** What makes a server of Tapeline use it. */
  public Map<String, String> setting() {
    return Map.of("REDIS_URL", "redis://127.0.0.1:" + port);
  }

  public void start() {
    process =
        start(() -> {
          server = build();
          return server;
        });
  }

  /**
   * Builds and starts a server or a sentinel, one at a time: so the new child process is its own.
   */
  public static synchronized ProcessHandle start(Supplier<? extends Redis> builder) {
    Set<ProcessHandle> before = servers();
    for (int tries = 1; !isStarted(builder.get()); tries++) {
      if (tries == MAX_TRIES) {
        throw new IllegalStateException("the program file of Redis stays busy");
      }
    }
    Set<ProcessHandle> started = servers();
    started.removeAll(before);
    return started.iterator().next();
  }

  /**
   * Starts it; false if its program file, which was just written, is busy: a child process that
   * another thread has started at this moment has inherited it open, until it runs its own program.
   */
  private static boolean isStarted(Redis built) {
    try {
      built.start();
      return true;
    } catch (EmbeddedRedisException e) {
      if (String.valueOf(e.getCause()).contains("Text file busy")) {
        return false;
      }
      throw e;
    }
  }

  private RedisServer build() {
    RedisServerBuilder builder =
        RedisServer.builder()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("enable-debug-command local")
            .setting("dir " + dir);
    for (String setting : extra) {
      builder.setting(setting);
    }
    return builder.build();
  }

  private static Set<ProcessHandle> servers() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").contains("redis-server"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Ends it as a crash does: without a word to anyone. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
    server.stop();
  }

  public void freeze() {
    signal("STOP");
  }

  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What Redis answers to one inline command, as it stands on the wire. */
  public String ask(String command) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      byte[] answer = new byte[1 << 16];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** Waits until Redis answers PING, and returns when it did, in nanoseconds. */
  public long awaitPong() {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!ask("PING").startsWith("+PONG")) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no PONG from port " + port);
      }
    }
    return System.nanoTime();
  }

  @Override
  public void close() {
    if (process != null) {
      thaw();
      kill();
    }
    for (File file : Objects.requireNonNullElse(dir.toFile().listFiles(), new File[0])) {
      file.delete();
    }
    dir.toFile().delete();
  }

  /**
   * A port that nobody has, that is given to nobody twice, and that the system takes for no
   * outgoing connection, so that it is free for each life of a server.
   */
  public static int freePort() {
    return ThreadLocalRandom.current()
        .ints(FIRST_PORT, FIRST_EPHEMERAL_PORT)
        .filter(port -> isFree(port) && GIVEN.add(port))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
