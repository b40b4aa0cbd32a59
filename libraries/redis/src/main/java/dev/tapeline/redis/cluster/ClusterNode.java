package dev.tapeline.redis.cluster;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.topology.Dialer;
import dev.tapeline.redis.topology.MisplacedException;
import dev.tapeline.redis.topology.SingleSender;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection for commands to one node of a cluster. Commands that are sent before it is ready
 * wait, in order. Any thread may call.
 */
final class ClusterNode {

  /** Whether the node has owed an answer for too long. */
  enum Health {
    ANSWERING,
    SILENT
  }

  private static final int SILENT_PULSES = 2;

  private final Dialer dialer;
  private final RedisAddress server;
  private final CompletableFuture<ClusterNode> opened = new CompletableFuture<>();
  private final long since = System.nanoTime();
  private List<RedisCommand<String, byte[], ?>> waiting = new ArrayList<>();
  private volatile @Nullable SingleSender live;
  private volatile @Nullable Throwable failure;
  private volatile boolean owed;
  private int silent;

  private ClusterNode(Dialer dialer, RedisAddress server) {
    this.dialer = dialer;
    this.server = server;
  }

  /** Connects. The callback is called once if the connection is lost after it was ready. */
  static ClusterNode open(Dialer dialer, RedisAddress server, Consumer<String> whenLost) {
    ClusterNode node = new ClusterNode(dialer, server);
    var _ =
        dialer
            .connect(server)
            .whenComplete((connection, error) -> {
              if (error == null) {
                node.connected(connection, whenLost);
              } else {
                node.fail(error);
              }
            });
    return node;
  }

  /** Completes once the node is connected, or could not be. */
  CompletionStage<ClusterNode> opened() {
    return opened;
  }

  /** Whether the node could not be connected. */
  boolean hasFailed() {
    return failure != null;
  }

  long ageNanos() {
    return System.nanoTime() - since;
  }

  private void connected(
      StatefulRedisConnection<String, byte[]> connection, Consumer<String> whenLost) {
    SingleSender commands = SingleSender.of(connection, server);
    for (var batch = nextWaiting(commands); !batch.isEmpty(); batch = nextWaiting(commands)) {
      commands.dispatch(batch);
    }
    commands.whenLost(why -> whenLost.accept("%s: %s".formatted(server.hostAndPort(), why)));
    opened.complete(this);
  }

  /** Takes the waiting commands. Once there are none, commands are sent directly. */
  private synchronized List<RedisCommand<String, byte[], ?>> nextWaiting(SingleSender commands) {
    List<RedisCommand<String, byte[], ?>> batch = waiting;
    waiting = new ArrayList<>();
    if (failure != null) {
      dialer.release(commands.closeAsync());
    } else if (batch.isEmpty()) {
      live = commands;
    }
    return batch;
  }

  private void fail(Throwable error) {
    List<RedisCommand<String, byte[], ?>> failed;
    synchronized (this) {
      failure = error;
      failed = waiting;
      waiting = new ArrayList<>();
    }
    failed.forEach(command -> command.completeExceptionally(error));
    opened.completeExceptionally(error);
  }

  void send(Collection<? extends RedisCommand<String, byte[], ?>> commands) {
    SingleSender ready = live;
    if (ready != null) {
      ready.dispatch(commands);
      return;
    }
    if (!enqueue(commands)) {
      sendOrFail(commands);
    }
  }

  private synchronized boolean enqueue(
      Collection<? extends RedisCommand<String, byte[], ?>> commands) {
    return live == null && failure == null && waiting.addAll(commands);
  }

  private void sendOrFail(Collection<? extends RedisCommand<String, byte[], ?>> commands) {
    SingleSender ready = live;
    Throwable error = failure;
    if (ready != null) {
      ready.dispatch(commands);
    } else if (error != null) {
      commands.forEach(command -> command.completeExceptionally(error));
    }
  }

  /** Sends the next PING if the last one was answered; called each second. */
  Health checkHealth() {
    SingleSender ready = live;
    if (ready == null) {
      return Health.ANSWERING;
    }
    silent = owed ? silent + 1 : 0;
    if (!owed) {
      owed = true;
      ready.ping(_ -> owed = false);
    }
    return silent < SILENT_PULSES ? Health.ANSWERING : Health.SILENT;
  }

  void ping(Consumer<@Nullable Throwable> callback) {
    SingleSender ready = live;
    if (ready == null) {
      callback.accept(new MisplacedException(server.hostAndPort() + " is not connected"));
    } else {
      ready.ping(callback);
    }
  }

  CompletionStage<Void> closeAsync() {
    fail(new MisplacedException("it is closed"));
    SingleSender ready = live;
    return ready == null ? CompletableFuture.completedFuture(null) : ready.closeAsync();
  }
}
