package dev.tapeline.redis;

import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.tapeline.redis.address.RedisSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisSentinelBuilder;

/** A real master with a replica, and three real sentinels that watch it, of a test. */
public final class RealSentinel implements AutoCloseable {

  static final String NAME = "mymaster";
  private static final int SENTINELS = 3;

  /** What docs/redis.md says a user of the sentinels needs. */
  private static final String RIGHTS =
      "resetchannels &+switch-master -@all +sentinel +subscribe +ping +hello +client";

  private final List<RealRedis> servers;
  private final List<Integer> ports;
  private final List<RedisSentinel> sentinels;

  private RealSentinel(String... settings) {
    RealRedis master = RealRedis.running(settings);
    RealRedis replica = RealRedis.running(settings);
    replica.ask("REPLICAOF 127.0.0.1 " + master.port());
    servers = List.of(master, replica);
    ports = IntStream.range(0, SENTINELS).mapToObj(_ -> RealRedis.freePort()).toList();
    sentinels = ports.stream().map(port -> start(port, master.port())).toList();
  }

  /**
   * @param settings of the two servers
   */
  public static RealSentinel running(String... settings) {
    RealSentinel group = new RealSentinel(settings);
    group.awaitWhole();
    return group;
  }

  private static RedisSentinel start(int port, int masterPort) {
    RedisSentinelBuilder builder =
        RedisSentinel.builder()
            .port(port)
            .bind("127.0.0.1")
            .masterName(NAME)
            .masterPort(masterPort)
            .quorumSize(2)
            .downAfterMilliseconds(1_000L)
            .failoverTimeout(2_000L)
            .parallelSyncs(1);
    builder.addDefaultReplicationGroup();
    builder.setting("user watcher on >w4tch " + RIGHTS);
    AtomicReference<RedisSentinel> sentinel = new AtomicReference<>();
    RealRedis.start(() -> sentinel.updateAndGet(_ -> builder.build()));
    return sentinel.get();
  }

  /** Waits until all know each other, and that the replica follows. */
  void awaitWhole() {
    Await.until(() ->
        ports.stream()
            .allMatch(port ->
                ask(port, "SENTINEL MASTER " + NAME).contains("num-slaves\r\n$1\r\n1")
                    && ask(port, "SENTINEL MASTER " + NAME)
                        .contains("num-other-sentinels\r\n$1\r\n2")));
    awaitFollowing();
  }

  public RedisSettings settings(String login) {
    return settings(login, "");
  }

  /**
   * @param login such as {@code user:password@}, or nothing
   * @param query such as {@code ?sentinelPassword=…}, or nothing
   */
  public RedisSettings settings(String login, String query) {
    return RedisSettings.parse(
        "redis-sentinel://%s%s%s#%s".formatted(login, sentinels(), query, NAME));
  }

  public String sentinels() {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** The server that is a master; the newest, while an old one believes that it still is. */
  public RealRedis master() {
    String port =
        ask(ports.getFirst(), "SENTINEL GET-MASTER-ADDR-BY-NAME " + NAME).split("\r\n")[4];
    return servers.stream().filter(it -> port.equals("" + it.port())).findFirst().orElseThrow();
  }

  public RealRedis replica() {
    RealRedis master = master();
    return servers.stream().filter(server -> server != master).findFirst().orElseThrow();
  }

  /** Has the sentinels make the replica the master, though nothing has happened. */
  public void failOver() {
    Await.until(() -> ask(ports.getFirst(), "SENTINEL FAILOVER " + NAME).startsWith("+OK"));
  }

  /** Has a server follow the master at once, which the sentinels would see to in some seconds. */
  public void rejoin(RealRedis server) {
    RealRedis master = master();
    assertNotSame(master, server);
    server.ask("REPLICAOF 127.0.0.1 " + master.port());
    awaitFollowing();
  }

  private void awaitFollowing() {
    Await.until(() -> replica().ask("INFO replication").contains("master_link_status:up"));
  }

  void stopSentinel(int index) {
    try {
      sentinels.get(index).stop();
    } catch (RuntimeException e) {
      throw new AssertionError(e);
    }
  }

  static String ask(int port, String command) {
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

  @Override
  public void close() {
    for (int i = 0; i < SENTINELS; i++) {
      stopSentinel(i);
    }
    servers.forEach(RealRedis::close);
  }
}
