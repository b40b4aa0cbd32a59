package dev.tapeline.redis.cluster;

import dev.tapeline.redis.address.ClusterAddress;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.topology.CommandSender;
import dev.tapeline.redis.topology.Dialer;
import dev.tapeline.redis.topology.MisplacedException;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.ShardedSubscriptions;
import dev.tapeline.redis.topology.Topology;
import dev.tapeline.redis.wire.Request;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The topology of a Redis Cluster. It reads the map of the cluster every {@link #PERIOD_NANOS}, and
 * soon after anything shows that the map is wrong: a redirection, or a master that cannot be
 * reached. Sessions take the masters in turn, so that the next session is at another node than the
 * lost one.
 */
public final class ClusterTopology implements Topology {

  static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final Dialer dialer;
  private final ClusterAddress cluster;
  private final RedisClusterClient client;
  private final AtomicInteger turn =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 16));
  private volatile ClusterMap map = ClusterMap.EMPTY;
  private @Nullable CompletableFuture<Void> reading;
  private long readAt;

  public ClusterTopology(Dialer dialer, ClusterAddress cluster) {
    this.dialer = dialer;
    this.cluster = cluster;
    this.client = dialer.clusterClient(cluster);
  }

  ClusterMap map() {
    return map;
  }

  ClusterAddress cluster() {
    return cluster;
  }

  Dialer dialer() {
    return dialer;
  }

  /** Always false: messages from different nodes reach each other node in an order of its own. */
  @Override
  public boolean ordersMessages() {
    return false;
  }

  @Override
  public CompletionStage<RedisAddress> locate() {
    if (map.isEmpty()) {
      return read().thenCompose(_ -> next());
    }
    readSoon();
    return next();
  }

  private CompletionStage<RedisAddress> next() {
    List<RedisAddress> candidates = map.sound();
    return candidates.isEmpty()
        ? CompletableFuture.failedFuture(
            new MisplacedException(cluster.where() + " has given no node any slot"))
        : CompletableFuture.completedFuture(
            candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size())));
  }

  /** Reads the map, or joins a reading that is under way. */
  synchronized CompletableFuture<Void> read() {
    if (reading == null || reading.isDone()) {
      readAt = System.nanoTime();
      reading = client.refreshPartitionsAsync().thenRun(this::learn).toCompletableFuture();
    }
    return reading;
  }

  private void learn() {
    map = ClusterMap.of(client.getPartitions(), cluster);
  }

  /** Reads the map unless it was read a moment ago. */
  void readSoon() {
    readIfOlderThan(SOON_NANOS);
  }

  synchronized void readIfOlderThan(long nanos) {
    if (System.nanoTime() - readAt > nanos) {
      var _ = read();
    }
  }

  /** The node that a redirection names. Corrects the map if the slot has moved for good. */
  RedisAddress follow(Redirect redirect, RedisAddress from) {
    RedisAddress to =
        cluster.nodeAt(redirect.host().isEmpty() ? from.host() : redirect.host(), redirect.port());
    if (!redirect.asking()) {
      map.moved(redirect.slot(), to);
      readSoon();
    }
    return to;
  }

  @Override
  public CompletionStage<CommandSender> connect(RedisAddress server) {
    return ClusterSender.open(this, server);
  }

  /**
   * Asks by CLUSTER NODES, because a node that the others cannot reach gets no messages from them
   * but answers PING; so does a node that a failover has made a replica.
   */
  @Override
  public Request pulse(Consumer<@Nullable Throwable> callback) {
    return Request.of(
        "CLUSTER",
        List.of("NODES"),
        (text, error) -> callback.accept(text == null ? error : judge(text)));
  }

  /** Reads the answer to CLUSTER NODES. Returns null if the node is sound. */
  static @Nullable Throwable judge(byte[] text) {
    List<RedisClusterNode> nodes;
    try {
      nodes =
          ClusterPartitionParser.parse(new String(text, StandardCharsets.UTF_8)).getPartitions();
    } catch (RedisException e) {
      return e;
    }
    if (nodes.stream().anyMatch(ClusterTopology::isDemoted)) {
      return new MisplacedException("the node has become a replica");
    }
    List<RedisClusterNode> masters =
        nodes.stream().filter(node -> !node.getSlots().isEmpty()).toList();
    long reached = masters.stream().filter(ClusterMap::isSound).count();
    return 2 * reached > masters.size() || masters.isEmpty()
        ? null
        : new MisplacedException(
            "the node reaches only %d of %d masters".formatted(reached, masters.size()));
  }

  private static boolean isDemoted(RedisClusterNode node) {
    return node.is(RedisClusterNode.NodeFlag.MYSELF) && node.is(RedisClusterNode.NodeFlag.REPLICA);
  }

  /**
   * Puts each key into a list of its own, because one command cannot name keys of different slots,
   * nor all keys of a slot that moves.
   */
  @Override
  public List<List<String>> together(List<String> keys) {
    return keys.stream().map(List::of).toList();
  }

  @Override
  public ShardedSubscriptions shards(RedisConnector connector) {
    return new ClusterShards(connector, this);
  }

  @Override
  public void close() {
    dialer.release(client.shutdownAsync(0, 1, TimeUnit.SECONDS));
  }
}
