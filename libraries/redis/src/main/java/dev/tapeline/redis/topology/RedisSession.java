package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.wire.PubSubConnection;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A sender of commands, a connection that subscribes, or both, at one server. The two begin and end
 * together. The thread that delivers the messages of a session also reports its events.
 */
public final class RedisSession {

  private final RedisConnector connector;
  private final RedisAddress server;
  private final @Nullable CommandSender commands;
  private final @Nullable PubSubConnection pubSub;
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile @Nullable String reason;

  private RedisSession(
      RedisConnector connector,
      RedisAddress server,
      @Nullable CommandSender commands,
      @Nullable PubSubConnection pubSub) {
    this.connector = connector;
    this.server = server;
    this.commands = commands;
    this.pubSub = pubSub;
  }

  public static CompletionStage<RedisSession> open(RedisConnector connector) {
    return connector
        .topology()
        .locate()
        .thenCompose(server ->
            connector
                .topology()
                .connect(server)
                .thenApply(commands -> new RedisSession(connector, server, commands, null)));
  }

  public static CompletionStage<RedisSession> openWithSubscriptions(RedisConnector connector) {
    return connector.topology().locate().thenCompose(server -> openAt(connector, server));
  }

  private static CompletionStage<RedisSession> openAt(
      RedisConnector connector, RedisAddress server) {
    return connector
        .connectPubSubTo(server)
        .thenCompose(pubSub ->
            connector
                .topology()
                .connect(server)
                .thenApply(commands -> new RedisSession(connector, server, commands, pubSub))
                .whenComplete((session, problem) -> {
                  if (session == null) {
                    connector.release(pubSub.close());
                  }
                }));
  }

  /** Opens a session without a sender of commands. */
  public static CompletionStage<RedisSession> openSubscriptions(
      RedisConnector connector, RedisAddress server) {
    return connector
        .connectPubSubTo(server)
        .thenApply(pubSub -> new RedisSession(connector, server, null, pubSub));
  }

  public RedisAddress server() {
    return server;
  }

  public CommandSender commands() {
    if (commands == null) {
      throw new IllegalStateException("the session was opened without commands");
    }
    return commands;
  }

  public PubSubConnection pubSub() {
    if (pubSub == null) {
      throw new IllegalStateException("the session was opened without subscriptions");
    }
    return pubSub;
  }

  /** The number of messages and answers that have come. */
  long heard() {
    return pubSub == null ? 0 : pubSub.heard();
  }

  /** Calls back once, when the session has ended for whatever reason. */
  void whenEnded(Runnable callback) {
    if (pubSub != null) {
      pubSub.whenEnded(callback);
    }
    if (commands != null) {
      commands.whenLost(why -> {
        end(why);
        if (pubSub == null) {
          callback.run();
        }
      });
    }
  }

  /** Why the session has ended, for people to read. */
  String problem() {
    String why = reason;
    return why != null || pubSub == null
        ? Objects.requireNonNullElse(why, "the connection was lost")
        : pubSub.problem();
  }

  /** Calls back once all connections have answered, or with the error of the first that fails. */
  void ping(Consumer<@Nullable Throwable> callback) {
    if (commands == null) {
      pingPubSub(callback);
    } else {
      commands.ping(problem -> {
        if (problem == null) {
          pingPubSub(callback);
        } else {
          answered(problem, callback);
        }
      });
    }
  }

  private void pingPubSub(Consumer<@Nullable Throwable> callback) {
    if (pubSub == null) {
      callback.accept(null);
    } else {
      pubSub.send(List.of(connector.topology().pulse(problem -> answered(problem, callback))));
    }
  }

  /** Reports an answer, and ends the session if its server must not be used. */
  private void answered(@Nullable Throwable problem, Consumer<@Nullable Throwable> callback) {
    callback.accept(problem);
    if (problem instanceof MisplacedException misplaced) {
      end(misplaced.getMessage());
    }
  }

  /**
   * Records an error that the server has answered. A server that has become a replica is left at
   * once.
   */
  public void heed(@Nullable Throwable error) {
    if (error instanceof RedisCommandExecutionException) {
      String said = String.valueOf(error.getMessage());
      if (Refusals.isOfReplica(said)) {
        end(MisplacedException.replica(server).getMessage());
      } else {
        connector.refusals().note(said);
      }
    }
  }

  /** Ends the session with a reason, so that another one is opened. */
  public void end(@Nullable String why) {
    if (!closing.get()) {
      reason = why;
      close();
    }
  }

  public void close() {
    if (closing.compareAndSet(false, true)) {
      if (pubSub != null) {
        connector.release(pubSub.close());
      }
      if (commands != null) {
        connector.release(commands.closeAsync());
      }
    }
  }
}
