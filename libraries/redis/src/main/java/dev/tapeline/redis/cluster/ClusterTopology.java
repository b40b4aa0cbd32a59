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
 * A Redis Cluster. Its map is read anew every {@link #PERIOD_NANOS}, and soon after whatever shows
 * that it is not right: a redirection, or a master that can't be reached. Sessions take the masters
 * in turn, so that the next is at another node than the one that was lost.
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

  /** What was published at different nodes comes to each of the others in an order of its own. */
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

  /** Reads the map, unless that is under way: then it takes part in that. */
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

  /** Reads the map unless that was just done. */
  void readSoon() {
    readIfOlderThan(SOON_NANOS);
  }

  synchronized void readIfOlderThan(long nanos) {
    if (System.nanoTime() - readAt > nanos) {
      var _ = read();
    }
  }

  /** Where a redirection leads. */
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
   * A node that is cut off from the others gets no messages from them, but answers PING; so does
   * one that a failover has made a replica.
   */
  @Override
  public Request pulse(Consumer<@Nullable Throwable> callback) {
    return Request.of(
        "CLUSTER",
        List.of("NODES"),
        (text, error) -> callback.accept(text == null ? error : judge(text)));
  }

  /** What CLUSTER NODES says of the node that answers it: null if all is well. */
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

  /** One by one: keys of different slots can't stand in one command, nor all of one that moves. */
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
