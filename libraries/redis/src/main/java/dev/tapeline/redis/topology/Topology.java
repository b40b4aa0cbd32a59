package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.wire.Request;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one Redis, and the choice of the server that a session uses. All sessions of a
 * connector share one. Any thread may call; no method waits.
 */
public interface Topology extends AutoCloseable {

  /** The server at which to open a new session. The next call may return another server. */
  CompletionStage<RedisAddress> locate();

  /** Connects the commands of a session at that server. */
  CompletionStage<CommandSender> connect(RedisAddress server);

  /**
   * The request that is sent each second over the connection that subscribes. Its answer tells
   * whether the server is still the right one.
   */
  default Request pulse(Consumer<@Nullable Throwable> callback) {
    return Request.of("PING", List.of(), (_, error) -> callback.accept(error));
  }

  /**
   * Whether all subscribers receive plain messages in one order, whichever server they were
   * published at.
   */
  default boolean ordersMessages() {
    return true;
  }

  /** Splits keys into lists, each of which one command may name. */
  default List<List<String>> together(List<String> keys) {
    return List.of(keys);
  }

  /** Creates the subscriptions of the channels that belong to one server each. */
  ShardedSubscriptions shards(RedisConnector connector);

  @Override
  default void close() {}
}
