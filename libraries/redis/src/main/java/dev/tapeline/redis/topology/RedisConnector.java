package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.wire.PubSubConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * Opens connections to one Redis, on threads that the bus, the cache and the leases share. The
 * maker closes the connector after everything that uses it.
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

  /**
   * @param topology makes the topology that the settings name, on the connector's threads
   */
  public RedisConnector(RedisSettings settings, Function<Dialer, Topology> topology) {
    this.settings = settings;
    this.dialer = new Dialer(settings.keyPrefix());
    this.refusals = new Refusals(dialer.timer());
    this.topology = topology.apply(dialer);
  }

  public RedisSettings settings() {
    return settings;
  }

  public Topology topology() {
    return topology;
  }

  OutageLog outages() {
    return outages;
  }

  /** The writes that Redis refuses although it answers. */
  public Refusals refusals() {
    return refusals;
  }

  /** The name of a key or a channel as Redis knows it. */
  public String prefixed(String name) {
    return settings.keyPrefix().concat(name);
  }

  /** Splits keys without their prefix into lists, each of which one command may name. */
  public List<List<String>> together(List<String> keys) {
    return topology.together(keys);
  }

  /** One of the timer's threads, for tasks that must not run at the same time. */
  public EventExecutor thread() {
    return dialer.thread();
  }

  public ScheduledExecutorService timer() {
    return dialer.timer();
  }

  /** A connection for commands to one server: the only one, the master, or a node. */
  public CompletionStage<StatefulRedisConnection<String, byte[]>> connect() {
    return topology.locate().thenCompose(dialer::connect);
  }

  public CompletionStage<StatefulRedisConnection<String, byte[]>> connectTo(RedisAddress server) {
    return dialer.connect(server);
  }

  /** A connection that subscribes, to one server as {@link #connect} chooses it. */
  CompletionStage<PubSubConnection> connectPubSub() {
    return topology.locate().thenCompose(dialer::connectPubSub);
  }

  CompletionStage<PubSubConnection> connectPubSubTo(RedisAddress server) {
    return dialer.connectPubSub(server);
  }

  /** Makes {@link #close} wait for a connection that is being closed. */
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
