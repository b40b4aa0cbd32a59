package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of a session's commands to the server or the servers that they are for. Never waits; when
 * it is lost, every command that has no answer fails. May be used by any thread.
 */
public interface CommandSender {

  void dispatch(RedisCommand<String, byte[], ?> command);

  /**
   * Sends commands together: in one flush for each server, and in order for each key. A command
   * without a key goes to the session's own server.
   */
  void dispatch(Collection<? extends RedisCommand<String, byte[], ?>> commands);

  /** The servers that have keys: one, or the masters of a cluster. */
  List<RedisAddress> servers();

  /** The server that has a key, as far as that is known. */
  @Nullable RedisAddress serverOf(String key);

  /** Sends a command to one of the {@link #servers}, whatever keys it names. */
  void dispatchAt(RedisAddress server, RedisCommand<String, byte[], ?> command);

  /** Calls back once, with the reason, when it is lost or closed. */
  void whenLost(Consumer<String> callback);

  /**
   * Calls back, on a connection's thread, whether the session's server is there and the right one.
   */
  void ping(Consumer<@Nullable Throwable> callback);

  CompletionStage<Void> closeAsync();
}
