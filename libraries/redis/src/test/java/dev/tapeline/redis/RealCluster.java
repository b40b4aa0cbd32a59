package dev.tapeline.redis;

import io.lettuce.core.cluster.SlotHash;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A real Redis Cluster of a test: three masters with a replica each, which fail over fast. */
public final class RealCluster implements AutoCloseable {

  private static final int MASTERS = 3;
  private static final int NODES = 6;

  private final List<RealRedis> nodes;
  private final List<Integer> busPorts;

  private RealCluster(String... settings) {
    busPorts = IntStream.range(0, NODES).mapToObj(_ -> RealRedis.freePort()).toList();
    nodes = busPorts.stream().map(port -> RealRedis.running(all(port, settings))).toList();
  }

  private static String[] all(int busPort, String... settings) {
    return Stream.concat(
            Stream.of(
                "cluster-enabled yes",
                "cluster-config-file nodes.conf",
                "cluster-node-timeout 1000",
                "cluster-replica-validity-factor 0",
                "repl-diskless-sync-delay 0",
                "cluster-port " + busPort),
            Arrays.stream(settings))
        .toArray(String[]::new);
  }

  /**
   * @param settings of each node
   */
  public static RealCluster running(String... settings) {
    RealCluster cluster = new RealCluster(settings);
    cluster.join();
    return cluster;
  }

  private void join() {
    for (int i = 0; i < NODES; i++) {
      nodes.get(i).ask("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
      if (i < MASTERS) {
        int from = i * SlotHash.SLOT_COUNT / MASTERS;
        int to = (i + 1) * SlotHash.SLOT_COUNT / MASTERS - 1;
        nodes.get(i).ask("CLUSTER ADDSLOTSRANGE %d %d".formatted(from, to));
      }
      for (int j = 0; j < i; j++) {
        nodes
            .get(j)
            .ask("CLUSTER MEET 127.0.0.1 %d %d".formatted(nodes.get(i).port(), busPorts.get(i)));
      }
    }
    Await.until(() -> all(nodes, node -> node.ask("CLUSTER INFO").contains("known_nodes:6")));
    for (int i = MASTERS; i < NODES; i++) {
      replicate(nodes.get(i), nodes.get(i - MASTERS));
    }
    awaitWhole();
  }

  private static void replicate(RealRedis replica, RealRedis master) {
    Await.until(() -> replica.ask("CLUSTER REPLICATE " + id(master)).startsWith("+OK"));
  }

  private static boolean all(List<RealRedis> nodes, Predicate<RealRedis> condition) {
    return nodes.stream().allMatch(condition);
  }

  /** Waits until each node runs, each master has a replica that follows, and all agree. */
  public void awaitWhole() {
    Await.until(() ->
        all(nodes, node -> node.ask("CLUSTER INFO").contains("cluster_state:ok"))
            && all(nodes, node -> !node.ask("CLUSTER NODES").contains("fail"))
            && nodes.stream().filter(RealCluster::isFollowing).count() == NODES - MASTERS
            && nodes.stream().filter(RealCluster::isMaster).count() == MASTERS);
  }

  private static boolean isFollowing(RealRedis node) {
    return node.ask("INFO replication").contains("master_link_status:up");
  }

  private static boolean isMaster(RealRedis node) {
    return node.isRunning() && node.ask("ROLE").contains("$6\r\nmaster");
  }

  static String id(RealRedis node) {
    return node.ask("CLUSTER MYID").split("\r\n")[1];
  }

  public List<RealRedis> nodes() {
    return nodes;
  }

  /**
   * @param login such as {@code user:password@}, or nothing
   */
  public RedisSettings settings(String login) {
    return RedisSettings.parse(
        "redis://"
            + login
            + nodes.stream()
                .limit(2)
                .map(node -> "127.0.0.1:" + node.port())
                .collect(Collectors.joining(",")));
  }

  public List<RealRedis> masters() {
    return nodes.stream().filter(RealCluster::isMaster).toList();
  }

  /** The master that answers for a key. */
  public RealRedis ownerOf(String key) {
    int slot = SlotHash.getSlot(key);
    return masters().stream()
        .filter(node -> !node.ask("CLUSTER COUNTKEYSINSLOT " + slot).isEmpty())
        .filter(node -> node.ask("TYPE " + key).startsWith("+"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody has " + key));
  }

  /** Broadcasts on a sharded channel at the node that has it; false if there is none just now. */
  boolean publishSharded(String channel, String message) {
    return nodes.stream()
        .filter(RealRedis::isRunning)
        .anyMatch(node -> node.ask("SPUBLISH " + channel + " " + message).startsWith(":"));
  }

  /** Gives a key's slot to another master, with all keys that are in it. */
  void moveWithKeys(String key, RealRedis from, RealRedis to) {
    beginMove(key, from, to);
    migrateKeys(key, from, to);
    endMove(key, from, to);
  }

  /** Moves the keys of a slot until there are none; others may be added meanwhile. */
  void migrateKeys(String key, RealRedis from, RealRedis to) {
    int slot = SlotHash.getSlot(key);
    for (List<String> keys = keysIn(slot, from); !keys.isEmpty(); keys = keysIn(slot, from)) {
      from.ask(
          "MIGRATE 127.0.0.1 %d \"\" 0 5000 KEYS %s".formatted(to.port(), String.join(" ", keys)));
    }
  }

  private static List<String> keysIn(int slot, RealRedis node) {
    return node.ask("CLUSTER GETKEYSINSLOT %d 100".formatted(slot))
        .lines()
        .filter(line -> !line.startsWith("*") && !line.startsWith("$"))
        .toList();
  }

  /** Gives a key's slot, of which the old owner has no key, to another master. */
  void move(String key, RealRedis from, RealRedis to) {
    beginMove(key, from, to);
    endMove(key, from, to);
  }

  /** From here on the old owner sends those who ask for a key that it has not to the new one. */
  void beginMove(String key, RealRedis from, RealRedis to) {
    int slot = SlotHash.getSlot(key);
    to.ask("CLUSTER SETSLOT %d IMPORTING %s".formatted(slot, id(from)));
    from.ask("CLUSTER SETSLOT %d MIGRATING %s".formatted(slot, id(to)));
  }

  void endMove(String key, RealRedis from, RealRedis to) {
    String owner = "CLUSTER SETSLOT %d NODE %s".formatted(SlotHash.getSlot(key), id(to));
    to.ask(owner);
    from.ask(owner);
  }

  @Override
  public void close() {
    nodes.forEach(RealRedis::close);
  }
}
