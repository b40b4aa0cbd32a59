package dev.tapeline.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection for commands and, if asked for, one that subscribes; the two live and end together.
 * What is reported about a session with subscriptions is reported by the thread that also delivers
 * its messages.
 */
final class RedisSession {

  private final RedisConnector connector;
  private final StatefulRedisConnection<String, byte[]> commands;
  private final @Nullable PubSubConnection pubSub;
  private final AtomicBoolean closing = new AtomicBoolean();

  private RedisSession(
      RedisConnector connector,
      StatefulRedisConnection<String, byte[]> commands,
      @Nullable PubSubConnection pubSub) {
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
                .whenComplete((session, problem) -> {
                  if (session == null) {
                    connector.release(pubSub.close());
                  }
                }));
  }

  StatefulRedisConnection<String, byte[]> commands() {
    return commands;
  }

  PubSubConnection pubSub() {
    if (pubSub == null) {
      throw new IllegalStateException("the session was opened without subscriptions");
    }
    return pubSub;
  }

  /** Calls back once, when the session has ended for whatever reason. */
  void whenEnded(Runnable callback) {
    if (pubSub == null) {
      commands.addListener(onDisconnect(callback));
    } else {
      pubSub.whenEnded(callback);
      commands.addListener(onDisconnect(this::close));
    }
  }

  /** Why it has ended, for people to read. */
  String problem() {
    return pubSub == null ? "the connection was lost" : pubSub.problem();
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
  void ping(Consumer<@Nullable Throwable> callback) {
    if (pubSub == null) {
      pingCommands(callback);
      return;
    }
    pingCommands(problem -> {
      if (problem == null) {
        Request.Answer answer = (_, error) -> callback.accept(error);
        pubSub.send(List.of(Request.of("PING", List.of(), answer)));
      } else {
        callback.accept(problem);
      }
    });
  }

  /** The callback is there before the command is sent: so it runs on the connection's thread. */
  private void pingCommands(Consumer<@Nullable Throwable> callback) {
    AsyncCommand<String, byte[], String> ping =
        new AsyncCommand<>(
            new Command<>(CommandType.PING, new StatusOutput<>(RedisConnector.CODEC)));
    var _ = ping.whenComplete((_, problem) -> callback.accept(problem));
    commands.dispatch(ping);
  }

  void close() {
    if (closing.compareAndSet(false, true)) {
      if (pubSub != null) {
        connector.release(pubSub.close());
      }
      connector.release(commands.closeAsync());
    }
  }
}
