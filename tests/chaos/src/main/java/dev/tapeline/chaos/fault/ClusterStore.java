package dev.tapeline.chaos.fault;

import io.lettuce.core.cluster.SlotHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Redis cluster of three masters with a replica each. */
final class ClusterStore implements Store {

  private static final Duration START = Duration.ofSeconds(30);
  private static final int MASTERS = 3;
  private static final int NODES = 6;
  private static final int NAMED = 3;

  private final List<RedisVictim> servers;
  private final List<Integer> buses =
      IntStream.range(0, NODES).mapToObj(_ -> Child.freePort()).toList();

  ClusterStore(Path folder, boolean persists) {
    servers =
        IntStream.range(0, NODES)
            .mapToObj(
                i -> RedisVictim.server("redis-" + i, folder, persists, settings(buses.get(i))))
            .toList();
  }

  private static List<String> settings(int bus) {
    return List.of(
        "cluster-enabled yes",
        "cluster-config-file nodes.conf",
        "cluster-node-timeout 1000",
        "cluster-replica-validity-factor 0",
        "repl-diskless-sync-delay 0",
        "cluster-port " + bus);
  }

  @Override
  public Kind kind() {
    return Kind.CLUSTER;
  }

  @Override
  public String url() {
    return servers.stream()
        .limit(NAMED)
        .map(server -> "127.0.0.1:" + server.port())
        .collect(Collectors.joining(",", "redis://", ""));
  }

  @Override
  public void start() {
    servers.forEach(Victim::start);
    servers.forEach(server -> server.awaitReady(START));
    for (int i = 0; i < NODES; i++) {
      servers.get(i).ask("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
      servers.getFirst().ask(meet(i));
    }
    for (int i = 0; i < MASTERS; i++) {
      String range = "%d %d".formatted(firstSlot(i), firstSlot(i + 1) - 1);
      servers.get(i).ask("CLUSTER ADDSLOTSRANGE " + range);
    }
    Pause.until("all nodes have met", START, () -> servers.stream().allMatch(ClusterStore::met));
    for (int i = MASTERS; i < NODES; i++) {
      replicate(servers.get(i), servers.get(i - MASTERS));
    }
  }

  private String meet(int node) {
    return "CLUSTER MEET 127.0.0.1 %d %d".formatted(servers.get(node).port(), buses.get(node));
  }

  private static int firstSlot(int part) {
    return part * SlotHash.SLOT_COUNT / MASTERS;
  }

  private static boolean met(RedisVictim server) {
    List<SlotMap.Row> rows = map(server).rows();
    return rows.size() == NODES
        && rows.stream().noneMatch(row -> row.flags().contains("handshake"));
  }

  private static void replicate(RedisVictim replica, RedisVictim master) {
    String command = "CLUSTER REPLICATE " + map(master).idOf(master.port());
    Pause.until("a replica obeys", START, () -> replica.ask(command).startsWith("+OK"));
  }

  private static SlotMap map(RedisVictim server) {
    return SlotMap.parse(server.ask("CLUSTER NODES"));
  }

  @Override
  public void awaitReady(Duration limit) {
    Pause.until("the cluster is whole", limit, this::isWhole);
    Pause.until("each replica follows", limit, this::isFollowed);
  }

  private boolean isWhole() {
    return servers.stream()
        .allMatch(server ->
            map(server).isWhole(NODES) && server.ask("CLUSTER INFO").contains("cluster_state:ok"));
  }

  private boolean isFollowed() {
    return IntStream.range(0, MASTERS).allMatch(part -> replica(part).follows(master(part)));
  }

  @Override
  public List<RedisVictim> servers() {
    return servers;
  }

  @Override
  public List<RedisVictim> sentinels() {
    return List.of();
  }

  @Override
  public OptionalInt ownerOf(String key) {
    return map().ownerOf(SlotHash.getSlot(key));
  }

  /** The map from the first node that answers. */
  private SlotMap map() {
    return servers.stream()
        .map(ClusterStore::map)
        .filter(map -> !map.rows().isEmpty())
        .findFirst()
        .orElse(new SlotMap(List.of()));
  }

  @Override
  public RedisVictim master(int part) {
    return await(() -> map().ownerOf(firstSlot(part % MASTERS)));
  }

  @Override
  public RedisVictim replica(int part) {
    return await(() -> map().replicaOf(master(part).port()));
  }

  /** A server that may be unknown while another takes its place. */
  private RedisVictim await(Supplier<OptionalInt> port) {
    AtomicReference<OptionalInt> found = new AtomicReference<>(OptionalInt.empty());
    Pause.until(
        "a server is known",
        START,
        () -> {
          found.set(port.get());
          return found.get().isPresent();
        });
    int sought = found.get().orElseThrow();
    return servers.stream().filter(it -> it.port() == sought).findFirst().orElseThrow();
  }

  @Override
  public void failOver(int part) {
    replica(part).ask("CLUSTER FAILOVER");
  }

  /** Moves a key's slot, with all its keys, to another master. */
  void move(String key) {
    awaitReady(START);
    int slot = SlotHash.getSlot(key);
    RedisVictim from = owner(slot);
    int part =
        IntStream.range(0, MASTERS).filter(it -> master(it) != from).findFirst().orElseThrow();
    Pause.until("slot " + slot + " is elsewhere", START, () -> isMoved(slot, part));
  }

  private RedisVictim owner(int slot) {
    return await(() -> map().ownerOf(slot));
  }

  /**
   * Moves some keys of the slot to the master of a part, and then the slot; returns whether all is
   * done. Which servers are masters is looked up each time: a failover may be on its way.
   */
  private boolean isMoved(int slot, int part) {
    RedisVictim from = owner(slot);
    RedisVictim to = master(part);
    SlotMap map = map();
    if (from == to) {
      return true;
    }
    to.ask("CLUSTER SETSLOT %d IMPORTING %s".formatted(slot, map.idOf(from.port())));
    from.ask("CLUSTER SETSLOT %d MIGRATING %s".formatted(slot, map.idOf(to.port())));
    if (isEmptied(slot, from, to)) {
      String owner = "CLUSTER SETSLOT %d NODE %s".formatted(slot, map.idOf(to.port()));
      to.ask(owner);
      from.ask(owner);
    }
    return false;
  }

  /** Moves some of the remaining keys; returns whether none were left. */
  private static boolean isEmptied(int slot, RedisVictim from, RedisVictim to) {
    List<String> keys = from.ask("CLUSTER GETKEYSINSLOT %d 100".formatted(slot)).lines().toList();
    for (int i = 2; i < keys.size(); i += 2) {
      from.ask("MIGRATE 127.0.0.1 %d \"%s\" 0 1000".formatted(to.port(), keys.get(i)));
    }
    return keys.equals(List.of("*0"));
  }
}
