package dev.tapeline.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection for commands and, if asked for, one that subscribes; the two live and end together.
 * What is reported about a session with subscriptions is reported by the thread that also delivers
 * its messages.
 */
final class RedisSession {

  private final RedisConnector connector;
  private final StatefulRedisConnection<String, byte[]> commands;
  private final @Nullable StatefulRedisPubSubConnection<String, byte[]> pubSub;
  private final AtomicBoolean closing = new AtomicBoolean();

  private RedisSession(
      RedisConnector connector,
      StatefulRedisConnection<String, byte[]> commands,
      @Nullable StatefulRedisPubSubConnection<String, byte[]> pubSub) {
    this.connector = connector;
    this.commands = commands;
    this.pubSub = pubSub;
  }

  static CompletionStage<RedisSession> open(RedisConnector connector) {
    return connector.connect().thenApply(commands -> new RedisSession(connector, commands, null));
  }

  static CompletionStage<RedisSession> openWithSubscriptions(RedisConnector connector) {
    return connector
        .connectPubSub()
        .thenCompose(pubSub ->
            connector
                .connect()
                .thenApply(commands -> new RedisSession(connector, commands, pubSub))
                .whenComplete(
                    (session, problem) -> releaseUnless(session != null, connector, pubSub)));
  }

  private static void releaseUnless(
      boolean good, RedisConnector connector, StatefulConnection<?, ?> connection) {
    if (!good) {
      connector.release(connection);
    }
  }

  StatefulRedisConnection<String, byte[]> commands() {
    return commands;
  }

  StatefulRedisPubSubConnection<String, byte[]> pubSub() {
    if (pubSub == null) {
      throw new IllegalStateException("the session was opened without subscriptions");
    }
    return pubSub;
  }

  /** The connection whose thread reports about the session. */
  private StatefulRedisConnection<String, byte[]> main() {
    return pubSub == null ? commands : pubSub;
  }

  /** Calls back once, when the session has ended for whatever reason. */
  void whenEnded(Runnable callback) {
    main().addListener(onDisconnect(callback));
    if (pubSub != null) {
      commands.addListener(onDisconnect(this::close));
    }
  }

  private static RedisConnectionStateListener onDisconnect(Runnable callback) {
    return new RedisConnectionStateListener() {
      @Override
      public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        callback.run();
      }
    };
  }

  /** Calls back when both connections have answered, or with what the first that fails says. */
  void ping(BiConsumer<? super @Nullable String, ? super @Nullable Throwable> callback) {
    if (pubSub == null) {
      ping(commands, callback);
      return;
    }
    ping(
        commands,
        (pong, problem) -> {
          if (problem == null) {
            ping(pubSub, callback);
          } else {
            callback.accept(null, problem);
          }
        });
  }

  /** The callback is there before the command is sent: so it runs on the connection's thread. */
  private static void ping(
      StatefulRedisConnection<String, byte[]> connection,
      BiConsumer<? super @Nullable String, ? super @Nullable Throwable> callback) {
    AsyncCommand<String, byte[], String> ping =
        new AsyncCommand<>(
            new Command<>(CommandType.PING, new StatusOutput<>(RedisConnector.CODEC)));
    var _ = ping.whenComplete(callback);
    connection.dispatch(ping);
  }

  void close() {
    if (closing.compareAndSet(false, true)) {
      connector.release(main());
      if (pubSub != null) {
        connector.release(commands);
      }
    }
  }
}
