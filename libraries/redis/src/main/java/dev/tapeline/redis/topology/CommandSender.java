package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the commands of a session to the servers that they are for. No method waits. When the
 * sender is lost, all commands without an answer fail. Any thread may call.
 */
public interface CommandSender {

  void dispatch(RedisCommand<String, byte[], ?> command);

  /**
   * Sends commands together: in one flush for each server, and in order for each key. A command
   * without a key goes to the session's own server.
   */
  void dispatch(Collection<? extends RedisCommand<String, byte[], ?>> commands);

  /** The servers that hold keys: the only server, or the masters of a cluster. */
  List<RedisAddress> servers();

  /** The server that holds a key, as far as it is known. */
  @Nullable RedisAddress serverOf(String key);

  /** Sends a command to one of the {@link #servers}, whatever keys it names. */
  void dispatchAt(RedisAddress server, RedisCommand<String, byte[], ?> command);

  /** Calls back once, with the reason, when the sender is lost or closed. */
  void whenLost(Consumer<String> callback);

  /**
   * Asks the session's server whether it is there and the right one. The callback runs on a thread
   * of the connection.
   */
  void ping(Consumer<@Nullable Throwable> callback);

  CompletionStage<Void> closeAsync();
}
