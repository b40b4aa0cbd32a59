package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.wire.Request;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows which servers there are and which of them a session is to use. Shared by the sessions of a
 * connector; may be used by any thread, and never waits.
 */
public interface Topology extends AutoCloseable {

  /** Where a new session is to be opened; the next may be told another place. */
  CompletionStage<RedisAddress> locate();

  /** The way of the commands of a session at that server. */
  CompletionStage<CommandSender> connect(RedisAddress server);

  /** What is asked each second over a connection that subscribes: whether it is still of use. */
  default Request pulse(Consumer<@Nullable Throwable> callback) {
    return Request.of("PING", List.of(), (_, error) -> callback.accept(error));
  }

  /** Whether all subscribers get plain messages in one order, whoever publishes them where. */
  default boolean ordersMessages() {
    return true;
  }

  /** Splits keys into lists that one command may name. */
  default List<List<String>> together(List<String> keys) {
    return List.of(keys);
  }

  /** Subscriptions of the channels that one server each broadcasts. */
  ShardedSubscriptions shards(RedisConnector connector);

  @Override
  default void close() {}
}
