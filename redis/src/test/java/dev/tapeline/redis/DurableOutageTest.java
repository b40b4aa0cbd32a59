package dev.tapeline.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Append;
import dev.tapeline.core.Bounds;
import dev.tapeline.core.Bus;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Durable channels while broadcasts are lost, Redis goes away or forgets: whatever happens, the
 * listener is told the numbers of an epoch in order, each once, and each change of epoch.
 */
class DurableOutageTest {

  private static final DurableRules RULES =
      new DurableRules(
          List.of(
              new DurableRules.Rule(
                  Selector.parse("d:*"),
                  new Bounds(100_000, Duration.ofHours(1), 16 << 20),
                  DurableRules.Plain.ADOPT)));
  private static final List<String> CHANNELS = List.of("d:a", "d:b", "d:c", "d:d");

  private RealRedis redis;
  private RedisConnector connector;
  private RedisBus bus;
  private RedisBus publisher;
  private final Law law = new Law();

  /** Checks what the listener is told while it is told it. */
  private static final class Law implements Bus.Listener {

    private final Map<String, Position> held = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final List<String> subscribed = new ArrayList<>();
    private final List<Position> epochs = new ArrayList<>();
    private long delivered;

    @Override
    public synchronized void onSubscribed(Selector selector, List<Publication> last) {
      subscribed.add(selector.text());
    }

    @Override
    public synchronized void onPublication(Publication publication) {
      Position at = publication.position();
      Position before = held.put(publication.channel(), at);
      if (before != null && !before.epoch().equals(at.epoch())) {
        broken.add("%s: %s after %s without a word".formatted(publication.channel(), at, before));
      } else if (before != null && at.seq() != before.seq() + 1) {
        broken.add("%s: %s after %s".formatted(publication.channel(), at, before));
      }
      delivered++;
    }

    @Override
    public synchronized void onPosition(
        String channel, Position position, @Nullable Publication newest) {
      Position before = held.put(channel, position);
      if (before != null && before.epoch().equals(position.epoch()) && !before.equals(position)) {
        broken.add("%s: told %s after %s".formatted(channel, position, before));
      }
      if (before == null || !before.epoch().equals(position.epoch())) {
        epochs.add(position);
      }
    }

    @Override
    public void onState(Bus.State state) {}

    private synchronized long delivered() {
      return delivered;
    }

    private synchronized int epochs() {
      return epochs.size();
    }

    private synchronized boolean stands(String channel, Position position) {
      return position.equals(held.get(channel));
    }
  }

  private void connect(String... selectors) {
    redis = RealRedis.running();
    start(selectors);
  }

  private void start(String... selectors) {
    connector = new RedisConnector(redis.settings());
    bus = new RedisBus(connector, RULES);
    publisher = new RedisBus(connector, RULES);
    bus.start(law);
    publisher.start(new Law());
    for (String selector : selectors) {
      bus.subscribe(Selector.parse(selector));
    }
    Await.until(() -> law.subscribed.size() == selectors.length);
    Await.until(() -> publisher.state() == Bus.State.UP);
  }

  @AfterEach
  void close() {
    bus.close();
    publisher.close();
    connector.close();
    redis.close();
    assertEquals(List.of(), law.broken);
  }

  private Position append(String channel, String text) {
    List<Append.Result> results =
        publisher
            .log()
            .append(List.of(Append.of(Publication.of(channel, text))))
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
    return ((Append.Result.Logged) results.getFirst()).position();
  }

  private void assertEndsAtTheTops() {
    for (String channel : CHANNELS) {
      Await.until(() -> publisher.state() == Bus.State.UP);
      Position top = append(channel, "last");
      Await.until(() -> law.stands(channel, top));
    }
  }

  @Test
  void connectionsThatAreCutLoseNothing() throws Exception {
    connect("d:a", "d:*");
    try (Load load = new Load()) {
      for (int i = 0; i < 10; i++) {
        long before = law.delivered();
        redis.ask("CLIENT KILL TYPE pubsub");
        Await.until(() -> law.delivered() > before + 200);
      }
    }
    assertEndsAtTheTops();
    assertEquals(1, law.epochs(), "the position of d:a when it was subscribed");
    assertTrue(bus.stats().repaired() > 0, "nothing was missed");
  }

  @Test
  void aBroadcastThatIsLostLastIsReadWithinTheNextPulse() {
    connect("d:a");
    append("d:a", "1");
    Position lost = appendWithoutBroadcast("2");
    Await.until(() -> law.stands("d:a", lost));
    assertEquals(2, law.delivered());
    assertEquals(1, bus.stats().repaired());
  }

  @Test
  void aBroadcastThatIsLostIsReadWhenTheNextOneComes() {
    connect("d:*");
    appendWithoutBroadcast("1");
    Position next = append("d:a", "2");
    Await.until(() -> law.stands("d:a", next));
    assertEquals(2, law.delivered());
  }

  /** As if the network had swallowed the broadcast: the same text, which broadcasts elsewhere. */
  private Position appendWithoutBroadcast(String... texts) {
    String script =
        new LogSource(RULES, "", false)
            .script(LogFunction.PUBLISH_MANY)
            .replace("call(BROADCAST, part.key,", "call('PUBLISH', 'nowhere',");
    List<byte[]> args = new ArrayList<>(List.of(bytes("2")));
    for (String text : texts) {
      args.add(bytes("d:a"));
      args.add(bytes(text));
    }
    StatefulRedisConnection<String, byte[]> direct =
        connector.connect().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    List<byte[]> results =
        direct
            .sync()
            .eval(
                script,
                ScriptOutputType.MULTI,
                new String[] {Partitions.key(Partitions.of("d:a"))},
                args.toArray(byte[][]::new));
    direct.close();
    String[] last = LogEntry.text(results.getLast()).split(" ");
    return new Position(last[0], Long.parseLong(last[1]));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void redisThatForgetsEverythingIsAnotherEpochOfEachChannel() throws Exception {
    connect("d:a", "d:*");
    try (Load load = new Load()) {
      Await.until(() -> law.delivered() > 500);
      redis.ask("FLUSHALL");
      Await.until(() -> law.epochs() > CHANNELS.size());
    }
    assertEndsAtTheTops();
  }

  @Test
  void anEpochThatEndsSilentlyIsToldWithinTheNextPulse() {
    connect("d:a");
    Position before = append("d:a", "1");
    Await.until(() -> law.stands("d:a", before));
    redis.ask("FLUSHALL");
    Await.until(() -> law.epochs() == 2);
    assertNotEquals(before.epoch(), law.held.get("d:a").epoch());
    assertEquals(0, law.held.get("d:a").seq());
  }

  @Test
  void redisThatIsKilledUnderLoadComesBackInAnotherEpoch() throws Exception {
    connect("d:a", "d:*");
    try (Load load = new Load()) {
      for (int i = 0; i < 3; i++) {
        long before = law.delivered();
        Await.until(() -> law.delivered() > before + 200);
        redis.kill();
        redis.start();
      }
      long before = law.delivered();
      Await.until(() -> law.delivered() > before + 200);
    }
    assertEndsAtTheTops();
  }

  @Test
  void whatWasLoggedWhileOneWasAwayComesInOrder() throws Exception {
    connect("d:a", "d:*");
    Position first = append("d:a", "1");
    Await.until(() -> law.stands("d:a", first));
    String[] texts = IntStream.range(0, 2_500).mapToObj(String::valueOf).toArray(String[]::new);
    Position last = appendWithoutBroadcast(texts);
    redis.ask("CLIENT KILL TYPE pubsub");
    Await.until(() -> law.stands("d:a", last));
    assertEquals(2_501, law.delivered());
  }

  /** Publishes on all channels until it is closed, whatever happens. */
  private final class Load implements AutoCloseable {

    private final Thread thread = Thread.ofPlatform().name("load").start(this::run);
    private volatile boolean stopped;

    private void run() {
      List<Publication> batch = CHANNELS.stream().map(name -> Publication.of(name, "x")).toList();
      while (!stopped) {
        publisher
            .publish(batch)
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .exceptionally(_ -> null)
            .join();
      }
    }

    @Override
    public void close() throws InterruptedException {
      stopped = true;
      thread.join();
    }
  }
}
