package dev.tapeline.chaos.client;

import dev.tapeline.chaos.fault.Pause;
import dev.tapeline.chaos.history.Event;
import dev.tapeline.core.Position;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to Redis directly, a few in flight at a time, and records what it was told of each.
 * Gives a connection up before it uses another for the same key, once anything on it is unclear. A
 * virtual thread of its own publishes.
 */
public final class ChaosPublisher implements AutoCloseable {

  private static final int MAX_IN_FLIGHT = 6;
  private static final int PLENTY = 4_000;
  private static final long PATIENCE_MILLIS = 1_500;
  private static final int MAX_REPEATS = 8;
  private static final Duration CONNECT = Duration.ofSeconds(30);

  private final String name;
  private final Route route;
  private final List<ServerTarget> targets;
  private final Recorder recorder;
  private final RandomGenerator random;
  private final long pauseMillis;
  private final Map<String, Long> numbers = new HashMap<>();
  private final List<Sending> unclear = new ArrayList<>();

  /** The plain messages that were acknowledged last, and may still wait in their server. */
  private final Deque<Sending> relayed = new ArrayDeque<>();

  private final Thread thread;
  private volatile boolean closed;

  /**
   * A publisher that is connected, and begins now.
   *
   * @param pauseMillis between its batches
   */
  public ChaosPublisher(
      String name,
      RedisDoor door,
      List<ServerTarget> targets,
      Recorder recorder,
      long pauseMillis,
      long seed) {
    this.name = name;
    this.route = door.route();
    this.targets = List.copyOf(targets);
    this.recorder = recorder;
    this.pauseMillis = pauseMillis;
    this.random = new SplittableRandom(seed);
    targets.forEach(target -> route.await(target.key(), CONNECT));
    this.thread = Thread.ofVirtual().name("publisher-" + name).start(this::run);
  }

  private void run() {
    while (!closed) {
      batch(next());
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(pauseMillis);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** The publications to send: first repeats of those with an unclear outcome. */
  private List<Sending> next() {
    List<Sending> batch = new ArrayList<>(unclear);
    unclear.clear();
    int fresh = 1 + random.nextInt(MAX_IN_FLIGHT);
    for (int i = 0; i < fresh; i++) {
      batch.add(fresh(targets.get(random.nextInt(targets.size()))));
    }
    return batch;
  }

  private Sending fresh(ServerTarget target) {
    long number = numbers.merge(target.channel(), 1L, Long::sum);
    return Sending.of(target, number, payload(target, number));
  }

  /** Bytes that no other publication has: spaced JSON, some of it long, and text. */
  private String payload(ServerTarget target, long number) {
    String id = name + ":" + target.channel() + ":" + number;
    return switch (random.nextInt(8)) {
      case 0 -> "not JSON: " + id + " \u20b9\"\\";
      case 1 -> "{\"id\":\"%s\",\"fill\":\"%s\"}".formatted(id, "x".repeat(PLENTY));
      case 2 -> "{ \"p\" : \"1000.50\",\t\"id\" : \"%s\", \"u\":\"\\u20b9 \u20b9\" }".formatted(id);
      default -> "{\"id\":\"%s\",\"n\":%d}".formatted(id, number);
    };
  }

  /**
   * Connects again, to the servers that answer now; in the caller's thread, after {@link #stop}. An
   * old connection may lead to a server that does not know yet that it was replaced.
   */
  public void startOver() {
    route.startOver();
  }

  /**
   * Publishes one on each channel, until it is acknowledged; in the caller's thread, after {@link
   * #stop}.
   *
   * @return the digest of each channel's last one
   */
  public Map<String, String> publishLast(Duration limit) {
    Map<String, String> digests = new HashMap<>();
    for (ServerTarget target : targets) {
      Pause.until(
          "a last publication on " + target.channel(),
          limit,
          () -> published(fresh(target), digests));
    }
    return digests;
  }

  private boolean published(Sending last, Map<String, String> digests) {
    digests.put(last.target().channel(), Digest.of(last.payload()));
    return batch(List.of(last));
  }

  /** Sends all at once, then waits for what becomes of each; whether all were acknowledged. */
  private boolean batch(List<Sending> batch) {
    List<Sending> sent = new ArrayList<>();
    for (Sending sending : batch) {
      ServerTarget target = sending.target();
      (sending.isCall() ? route.to(target.key()) : route.stay(target.key()))
          .ifPresentOrElse(
              connection -> sent.add(send(connection, sending)), () -> postpone(sending));
    }
    return sent.stream().filter(this::settle).count() == batch.size();
  }

  /** Nobody answers for its key: what is unclear is kept for later. */
  private void postpone(Sending sending) {
    if (sending.repeats() > 0) {
      unclear.add(sending);
    }
  }

  private Sending send(StatefulRedisConnection<String, byte[]> connection, Sending sending) {
    recorder.record(
        new Event.Attempted(
            name, sending.target().channel(), sending.number(), Digest.of(sending.payload())));
    RedisAsyncCommands<String, byte[]> redis = connection.async();
    try {
      return sending.sent(
          connection, sending.isCall() ? call(redis, sending) : plain(redis, sending));
    } catch (RedisException e) {
      return sending.sent(connection, null); // the connection is gone
    }
  }

  private static RedisFuture<Long> plain(
      RedisAsyncCommands<String, byte[]> redis, Sending sending) {
    return redis.publish(sending.target().channel(), bytes(sending.payload()));
  }

  private RedisFuture<List<Object>> call(
      RedisAsyncCommands<String, byte[]> redis, Sending sending) {
    ServerTarget target = sending.target();
    String[] keys = {target.partitionKey()};
    return redis.fcall(
        "tapeline_publish",
        ScriptOutputType.MULTI,
        keys,
        bytes(target.channel()),
        bytes(sending.payload()),
        bytes("ID"),
        bytes(name + ":" + sending.number()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private boolean settle(Sending sending) {
    String channel = sending.target().channel();
    RedisFuture<?> answer = sending.answer();
    try {
      if (answer == null) {
        return unclear(sending, "not connected");
      }
      Object value = answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      recorder.record(new Event.Acknowledged(name, channel, sending.number(), position(value)));
      if (!sending.isCall()) {
        relay(sending);
      }
      return true;
    } catch (ExecutionException e) {
      return failed(sending, e.getCause());
    } catch (TimeoutException e) {
      return unclear(sending, "no answer");
    } catch (CancellationException e) {
      return unclear(sending, "the connection was given up");
    } catch (InterruptedException e) {
      closed = true;
      return unclear(sending, "interrupted");
    }
  }

  private static @Nullable Position position(Object value) {
    if (value instanceof List<?> answer) {
      String epoch = new String((byte[]) answer.get(0), StandardCharsets.UTF_8);
      return new Position(epoch, (Long) answer.get(1));
    }
    return null;
  }

  /**
   * An error that Redis answers is a refusal, of this attempt; anything else may have happened or
   * not. Perhaps another server answers for the key.
   */
  private boolean failed(Sending sending, @Nullable Throwable cause) {
    String reason = String.valueOf(cause == null ? null : cause.getMessage());
    if (cause instanceof RedisCommandExecutionException) {
      recorder.record(
          new Event.Refused(name, sending.target().channel(), sending.number(), reason));
      route.forget();
      if (sending.repeats() > 0) {
        repeat(sending);
      }
      return false;
    }
    return unclear(sending, reason);
  }

  private boolean unclear(Sending sending, String reason) {
    recorder.record(new Event.Unclear(name, sending.target().channel(), sending.number(), reason));
    if (sending.connection() != null) {
      route.giveUp(sending.connection());
      doubt(sending.connection());
    }
    if (sending.isCall()) {
      repeat(sending);
    }
    return false;
  }

  private void repeat(Sending sending) {
    if (sending.repeats() < MAX_REPEATS) {
      unclear.add(sending.again());
    }
  }

  private void relay(Sending sending) {
    relayed.add(sending);
    if (relayed.size() > 2 * MAX_IN_FLIGHT) {
      relayed.remove();
    }
  }

  /** A cluster's node may have died with what it had acknowledged and not yet passed on. */
  private void doubt(StatefulRedisConnection<String, byte[]> lost) {
    if (!route.relays()) {
      return;
    }
    relayed.removeIf(sending -> {
      boolean doubtful = lost.equals(sending.connection());
      if (doubtful) {
        String channel = sending.target().channel();
        recorder.record(new Event.Unclear(name, channel, sending.number(), "its server is gone"));
      }
      return doubtful;
    });
  }

  /** Stops publishing, after what is on its way. */
  public void stop() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    route.close();
  }
}
