package dev.tapeline.redis.sentinel;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.SentinelAddress;
import dev.tapeline.redis.topology.Dialer;
import dev.tapeline.redis.topology.RedisProblem;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.MapOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks one sentinel for the master: each second, and at once when the sentinel announces a new one.
 * Connects again, with jitter, when the sentinel was away. Runs one step at a time, on the timer's
 * thread or the connection's.
 */
final class SentinelWatch implements AutoCloseable {

  /**
   * The master that a sentinel names.
   *
   * @param epoch grows with each failover
   */
  record View(RedisAddress master, long epoch) {}

  /** Hears from the sentinels. Called by I/O threads. */
  interface Listener {

    void onView(RedisAddress sentinel, View view);

    /** The sentinel cannot be asked, or does not know the master. */
    void onProblem(RedisAddress sentinel, String problem);
  }

  private static final String SWITCHED = "+switch-master";
  private static final long PERIOD_MILLIS = 1_000;
  private static final long MAX_DELAY_MILLIS = 500;

  private final Dialer dialer;
  private final RedisAddress sentinel;
  private final SentinelAddress group;
  private final Listener listener;
  private volatile @Nullable StatefulRedisPubSubConnection<String, String> connection;
  private volatile boolean owed;
  private volatile boolean closed;

  SentinelWatch(Dialer dialer, RedisAddress sentinel, SentinelAddress group, Listener listener) {
    this.dialer = dialer;
    this.sentinel = sentinel;
    this.group = group;
    this.listener = listener;
  }

  void start() {
    var _ =
        dialer
            .connectSentinel(sentinel)
            .whenComplete((opened, error) -> {
              if (error == null) {
                watch(opened);
              } else {
                failed(RedisProblem.describe(error, sentinel));
              }
            });
  }

  private void watch(StatefulRedisPubSubConnection<String, String> opened) {
    connection = opened;
    owed = false;
    if (closed) {
      dialer.release(opened.closeAsync());
      return;
    }
    opened.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, String message) {
            ask(opened);
          }
        });
    var _ = opened.async().subscribe(SWITCHED);
    ask(opened);
    later(() -> pulse(opened), PERIOD_MILLIS);
  }

  private void pulse(StatefulRedisPubSubConnection<String, String> opened) {
    if (closed) {
      return;
    }
    if (owed || !opened.isOpen()) {
      connection = null;
      dialer.release(opened.closeAsync());
      failed(sentinel.hostAndPort() + " does not answer in time");
    } else {
      ask(opened);
      later(() -> pulse(opened), PERIOD_MILLIS);
    }
  }

  private void failed(String problem) {
    listener.onProblem(sentinel, problem);
    if (!closed) {
      later(this::start, ThreadLocalRandom.current().nextLong(MAX_DELAY_MILLIS + 1));
    }
  }

  private void ask(StatefulRedisPubSubConnection<String, String> opened) {
    owed = true;
    AsyncCommand<String, String, Map<String, String>> asked =
        new AsyncCommand<>(
            new Command<>(
                CommandType.SENTINEL,
                new MapOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8).add("MASTER").add(group.master())));
    var _ = asked.whenComplete(this::answered);
    opened.dispatch(asked);
  }

  private void answered(@Nullable Map<String, String> answer, @Nullable Throwable error) {
    owed = false;
    View view = answer == null ? null : view(answer);
    if (view != null) {
      listener.onView(sentinel, view);
    } else {
      listener.onProblem(sentinel, error == null ? "an answer of another kind" : told(error));
    }
  }

  private String told(Throwable error) {
    String said = String.valueOf(error.getMessage());
    return said.contains("No such master")
        ? "%s knows no master '%s': check the name after # in REDIS_URL"
            .formatted(sentinel.hostAndPort(), group.master())
        : RedisProblem.describe(error, sentinel);
  }

  private @Nullable View view(Map<String, String> answer) {
    String host = answer.get("ip");
    String port = answer.get("port");
    String epoch = answer.get("config-epoch");
    return host == null || port == null || epoch == null
        ? null
        : new View(group.masterAt(host, Integer.parseInt(port)), Long.parseLong(epoch));
  }

  private void later(Runnable task, long millis) {
    var _ = dialer.timer().schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closed = true;
    StatefulRedisPubSubConnection<String, String> open = connection;
    if (open != null) {
      dialer.release(open.closeAsync());
    }
  }
}
