package dev.tapeline.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Opens connections to one Redis, in whatever topology, on threads that the bus and the cache
 * share. Whoever makes one closes it, after what uses it.
 */
public final class RedisConnector implements AutoCloseable {

  /** Keys and channels are text, values and payloads bytes. */
  public static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  static final String CLIENT_NAME = "tapeline";

  private final RedisSettings settings;
  private final Dialer dialer;
  private final Topology topology;
  private final Refusals refusals;
  private final OutageLog outages = new OutageLog();

  public RedisConnector(RedisSettings settings) {
    this.settings = settings;
    this.dialer = new Dialer(settings.keyPrefix());
    this.refusals = new Refusals(dialer.timer());
    this.topology =
        switch (settings.address()) {
          case RedisAddress server -> new Standalone(dialer, server);
          case SentinelAddress sentinels -> new SentinelGroup(dialer, sentinels);
          case ClusterAddress cluster -> new ClusterTopology(dialer, cluster);
        };
  }

  RedisSettings settings() {
    return settings;
  }

  Topology topology() {
    return topology;
  }

  OutageLog outages() {
    return outages;
  }

  /** What Redis refuses although it answers. */
  public Refusals refusals() {
    return refusals;
  }

  /** The name of a key or a channel as Redis knows it. */
  public String prefixed(String name) {
    return settings.keyPrefix().concat(name);
  }

  /** Splits keys, without their prefix, into lists that one command may name. */
  List<List<String>> together(List<String> keys) {
    return topology.together(keys);
  }

  /** One of the timer's threads, for what must not run at the same time. */
  EventExecutor thread() {
    return dialer.thread();
  }

  ScheduledExecutorService timer() {
    return dialer.timer();
  }

  /** A connection for commands to one server: the only one, the master, or a node. */
  CompletionStage<StatefulRedisConnection<String, byte[]>> connect() {
    return topology.locate().thenCompose(dialer::connect);
  }

  CompletionStage<StatefulRedisConnection<String, byte[]>> connectTo(RedisAddress server) {
    return dialer.connect(server);
  }

  /** A connection that subscribes, to such a server. */
  CompletionStage<PubSubConnection> connectPubSub() {
    return topology.locate().thenCompose(dialer::connectPubSub);
  }

  CompletionStage<PubSubConnection> connectPubSubTo(RedisAddress server) {
    return dialer.connectPubSub(server);
  }

  /** Lets {@link #close} wait for a connection that is being closed. */
  void release(CompletionStage<Void> closing) {
    dialer.release(closing);
  }

  /** Waits until the threads have ended, at most some seconds. */
  @Override
  public void close() {
    topology.close();
    dialer.close();
  }
}
