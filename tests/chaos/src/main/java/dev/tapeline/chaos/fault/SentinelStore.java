package dev.tapeline.chaos.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A master with a replica, and three sentinels that watch them. */
final class SentinelStore implements Store {

  private static final String NAME = "chaos";
  private static final int SENTINELS = 3;

  /** The lines of an array of a host and a port. */
  private static final int NAMED_LINES = 5;

  private static final Duration START = Duration.ofSeconds(20);
  private static final List<String> FAST_SYNC = List.of("repl-diskless-sync-delay 0");

  private final List<RedisVictim> servers;
  private final List<RedisVictim> sentinels;

  SentinelStore(Path folder, boolean persists) {
    servers =
        Stream.of("redis-a", "redis-b")
            .map(name -> RedisVictim.server(name, folder, persists, FAST_SYNC))
            .toList();
    sentinels =
        IntStream.range(0, SENTINELS)
            .mapToObj(i -> RedisVictim.sentinel("sentinel-" + i, folder, watch()))
            .toList();
  }

  private List<String> watch() {
    return List.of(
        "sentinel monitor %s 127.0.0.1 %d 2".formatted(NAME, servers.getFirst().port()),
        "sentinel down-after-milliseconds %s 1000".formatted(NAME),
        "sentinel failover-timeout %s 2000".formatted(NAME),
        "sentinel parallel-syncs %s 1".formatted(NAME));
  }

  @Override
  public Kind kind() {
    return Kind.SENTINEL;
  }

  @Override
  public String url() {
    return sentinels.stream()
        .map(sentinel -> "127.0.0.1:" + sentinel.port())
        .collect(Collectors.joining(",", "redis-sentinel://", "#" + NAME));
  }

  @Override
  public void start() {
    RedisVictim master = servers.getFirst();
    RedisVictim replica = servers.getLast();
    servers.forEach(Victim::start);
    Pause.until("the replica obeys", START, () -> replica.ask(follow(master)).startsWith("+OK"));
    sentinels.forEach(Victim::start);
  }

  private static String follow(RedisVictim master) {
    return "REPLICAOF 127.0.0.1 " + master.port();
  }

  @Override
  public void awaitReady(Duration limit) {
    Pause.until("the sentinels agree", limit, this::agree);
    Pause.until("a replica follows", limit, this::isFollowed);
    Pause.until("a failover could begin", limit, this::isWatched);
  }

  /** Whether all sentinels name the same master, and it is a master. */
  private boolean agree() {
    List<OptionalInt> named = sentinels.stream().map(SentinelStore::named).distinct().toList();
    return named.size() == 1 && named.getFirst().isPresent() && master(0).isMaster();
  }

  /**
   * Makes a former master that comes back a replica, which the sentinels would do after ten
   * seconds.
   */
  private boolean isFollowed() {
    RedisVictim master = master(0);
    RedisVictim other = replica(0);
    if (other.isMaster()) {
      other.ask(follow(master));
      other.ask("CLIENT KILL TYPE normal SKIPME yes");
      other.ask("CLIENT KILL TYPE pubsub");
    }
    return other.follows(master);
  }

  private boolean isWatched() {
    return sentinels.stream()
        .allMatch(sentinel -> {
          String master = sentinel.ask("SENTINEL MASTER " + NAME);
          return has(master, "flags", "master")
              && has(master, "num-slaves", "1")
              && has(master, "num-other-sentinels", "2")
              && has(sentinel.ask("SENTINEL REPLICAS " + NAME), "flags", "slave");
        });
  }

  private static boolean has(String answer, String field, String value) {
    return answer.contains("%s\r\n$%d\r\n%s\r\n".formatted(field, value.length(), value));
  }

  @Override
  public List<RedisVictim> servers() {
    return servers;
  }

  @Override
  public List<RedisVictim> sentinels() {
    return sentinels;
  }

  @Override
  public OptionalInt ownerOf(String key) {
    return sentinels.stream()
        .map(SentinelStore::named)
        .flatMapToInt(OptionalInt::stream)
        .findFirst();
  }

  /** The port of the master that a sentinel names. */
  private static OptionalInt named(RedisVictim sentinel) {
    List<String> answer = sentinel.ask("SENTINEL GET-MASTER-ADDR-BY-NAME " + NAME).lines().toList();
    return answer.size() == NAMED_LINES
        ? OptionalInt.of(Integer.parseInt(answer.getLast()))
        : OptionalInt.empty();
  }

  @Override
  public RedisVictim master(int part) {
    Pause.until("a sentinel answers", START, () -> ownerOf("").isPresent());
    int port = ownerOf("").orElseThrow();
    return servers.stream().filter(it -> it.port() == port).findFirst().orElseThrow();
  }

  @Override
  public RedisVictim replica(int part) {
    RedisVictim master = master(part);
    return servers.stream().filter(it -> it != master).findFirst().orElseThrow();
  }

  @Override
  public void failOver(int part) {
    sentinels.getFirst().ask("SENTINEL FAILOVER " + NAME);
  }
}
