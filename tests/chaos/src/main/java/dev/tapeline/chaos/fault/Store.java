package dev.tapeline.chaos.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * The Redis of a stand: one server, or several that replace each other. Faults of its servers come
 * one at a time; any thread asks.
 */
public sealed interface Store extends AutoCloseable
    permits SingleStore, SentinelStore, ClusterStore {

  /** The arrangement of the servers. */
  enum Kind {
    SINGLE,
    /** A master, a replica, and three sentinels that watch them. */
    SENTINEL,
    /** Three masters with a replica each. */
    CLUSTER
  }

  /**
   * Makes a store that is not started yet.
   *
   * @param persists whether its servers keep their data over a crash
   */
  static Store of(Kind kind, Path folder, boolean persists) {
    return switch (kind) {
      case SINGLE -> new SingleStore(folder, persists);
      case SENTINEL -> new SentinelStore(folder, persists);
      case CLUSTER -> new ClusterStore(folder, persists);
    };
  }

  Kind kind();

  /** The {@code REDIS_URL} of a node. */
  String url();

  void start();

  /**
   * Waits until all of it works, and is as it was at the start, except that other servers may be
   * masters.
   */
  void awaitReady(Duration limit);

  /** All servers that have data or may get it. */
  List<RedisVictim> servers();

  List<RedisVictim> sentinels();

  /** The port of the server that answers for a key, according to its peers; empty if none does. */
  OptionalInt ownerOf(String key);

  /** The present master of a part of the data; of the whole, if there are no parts. */
  RedisVictim master(int part);

  RedisVictim replica(int part);

  /** Makes a replica take its master's place without a fault. */
  void failOver(int part);

  @Override
  default void close() {
    sentinels().forEach(Victim::close);
    servers().forEach(Victim::close);
  }
}
