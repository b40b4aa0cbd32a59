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
 * A way for commands and, if asked for, a connection that subscribes, both at one server; the two
 * live and end together. What is reported about a session with subscriptions is reported by the
 * thread that also delivers its messages.
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

  /** One that sends no commands. */
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

  /** How much has come. */
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

  /** Why it has ended, for people to read. */
  String problem() {
    String why = reason;
    return why != null || pubSub == null
        ? Objects.requireNonNullElse(why, "the connection was lost")
        : pubSub.problem();
  }

  /** Calls back when all connections have answered, or with what the first that fails says. */
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

  /** A server that answers is not always one to stay at. */
  private void answered(@Nullable Throwable problem, Consumer<@Nullable Throwable> callback) {
    callback.accept(problem);
    if (problem instanceof MisplacedException misplaced) {
      end(misplaced.getMessage());
    }
  }

  /** Takes note of what its server has refused; one that has become a replica is left at once. */
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

  /** Ends it, so that another is opened. */
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
