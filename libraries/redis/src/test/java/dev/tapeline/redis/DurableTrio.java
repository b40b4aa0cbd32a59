package dev.tapeline.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Append;
import dev.tapeline.core.Bus;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.LogBounds;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.log.DurableLoad;
import dev.tapeline.redis.log.Partitions;
import dev.tapeline.redis.topology.RedisConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes on one Redis: one subscribes channels of all partitions by name, one by a pattern,
 * and one publishes.
 */
public final class DurableTrio implements AutoCloseable {

  static final DurableRules RULES =
      new DurableRules(
          List.of(
              new DurableRules.Rule(
                  Selector.parse("d:*"),
                  new LogBounds(100_000, Duration.ofHours(1), 16 << 20),
                  DurableRules.Plain.ADOPT)));

  /** One for each partition. */
  public static final List<String> CHANNELS =
      IntStream.range(0, Partitions.COUNT)
          .mapToObj(partition ->
              Stream.iterate(0, i -> i + 1)
                  .map(i -> "d:" + i)
                  .filter(name -> Partitions.of(name) == partition)
                  .findFirst()
                  .orElseThrow())
          .toList();

  public final DurableLaw names = new DurableLaw();
  public final DurableLaw patterns = new DurableLaw();
  public final RedisBus byName;
  final RedisBus byPattern;
  public final RedisBus publisher;

  private final RedisSettings settings;
  private final List<RedisConnector> connectors = new ArrayList<>();

  public DurableTrio(RedisSettings settings) {
    this.settings = settings;
    byName = started(names);
    byPattern = started(patterns);
    publisher = started(Bus.Listener.DEAF);
    CHANNELS.forEach(channel -> byName.subscribe(Selector.parse(channel)));
    byPattern.subscribe(Selector.parse("d:*"));
    Await.until(() -> names.subscribed() == CHANNELS.size() && patterns.subscribed() == 1);
    Await.until(() -> publisher.state() == Bus.State.UP);
  }

  RedisConnector connector() {
    RedisConnector connector = RedisConnectors.of(settings);
    connectors.add(connector);
    return connector;
  }

  /** Another node, which its user closes. */
  public RedisBus started(Bus.Listener listener) {
    RedisBus bus = new RedisBus(connector(), RULES);
    bus.start(listener);
    return bus;
  }

  public DurableLoad load() {
    return new DurableLoad(publisher, CHANNELS);
  }

  private CompletableFuture<Position> append(String channel, String text) {
    return publisher
        .log()
        .append(List.of(Append.of(Publication.of(channel, text))))
        .thenApply(results -> ((Append.Result.Logged) results.getFirst()).position())
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS);
  }

  public Position appended(String channel, String text) {
    return append(channel, text).join();
  }

  /** Where it was logged, if it was. */
  public @Nullable Position tried(String channel, String text) {
    return append(channel, text).exceptionally(_ -> null).join();
  }

  public void awaitMore(int publications) {
    long ofNames = names.delivered() + publications;
    long ofPatterns = patterns.delivered() + publications;
    Await.until(() -> names.delivered() > ofNames && patterns.delivered() > ofPatterns);
  }

  /** Waits until both are told that an epoch has ended. */
  public void awaitOtherEpoch(String channel, String epoch) {
    Await.until(() -> names.leftEpoch(channel, epoch) && patterns.leftEpoch(channel, epoch));
  }

  /** The epoch that the channel has, once one of its publications has come to both. */
  public String epochOf(String channel) {
    Await.until(() -> names.held(channel) != null && patterns.held(channel) != null);
    return names.held(channel).epoch();
  }

  public void assertAllEndAtTheTops() {
    for (String channel : CHANNELS) {
      Position[] top = new Position[1];
      Await.until(() -> {
        top[0] = tried(channel, "last");
        return top[0] != null;
      });
      Await.until(() -> names.stands(channel, top[0]) && patterns.stands(channel, top[0]));
    }
  }

  @Override
  public void close() {
    Stream.of(byName, byPattern, publisher).forEach(RedisBus::close);
    connectors.forEach(RedisConnector::close);
    assertEquals(List.of(), names.broken());
    assertEquals(List.of(), patterns.broken());
  }
}
