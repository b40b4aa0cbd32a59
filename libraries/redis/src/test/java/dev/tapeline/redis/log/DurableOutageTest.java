package dev.tapeline.redis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Append;
import dev.tapeline.core.Bus;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.LogBounds;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.DurableLaw;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
                  new LogBounds(100_000, Duration.ofHours(1), 16 << 20),
                  DurableRules.Plain.ADOPT)));
  private static final List<String> CHANNELS = List.of("d:a", "d:b", "d:c", "d:d");

  private RealRedis redis;
  private RedisConnector connector;
  private RedisBus bus;
  private RedisBus publisher;
  private final DurableLaw law = new DurableLaw();

  private void connect(String... selectors) {
    redis = RealRedis.running();
    start(selectors);
  }

  private void start(String... selectors) {
    connector = RedisConnectors.of(redis.settings());
    bus = new RedisBus(connector, RULES);
    publisher = new RedisBus(connector, RULES);
    bus.start(law);
    publisher.start(Bus.Listener.DEAF);
    for (String selector : selectors) {
      bus.subscribe(Selector.parse(selector));
    }
    Await.until(() -> law.subscribed() == selectors.length);
    Await.until(() -> publisher.state() == Bus.State.UP);
  }

  @AfterEach
  void close() {
    bus.close();
    publisher.close();
    connector.close();
    redis.close();
    assertEquals(List.of(), law.broken());
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
    try (DurableLoad load = new DurableLoad(publisher, CHANNELS)) {
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

  /** It holds publications beside nonsense, and goes on over the same connection. */
  @Test
  void whatIsNoBroadcastIsPassedOver() {
    connect("d:a");
    append("d:a", "1");
    String channel = Partitions.key(Partitions.of("d:a"));
    for (String nonsense : List.of("x", "2", "\"2 9 e 0\n3 1 1 -\nd:a99 \"", "\"\"")) {
      redis.ask("PUBLISH %s %s".formatted(channel, nonsense));
    }
    Position last = append("d:a", "2");
    Await.until(() -> law.stands("d:a", last));
    assertEquals(2, law.delivered());
    assertEquals(0, bus.stats().reconnects());
    assertTrue(bus.stats().holes() > 0, "nonsense was not noticed");
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
    List<byte[]> args =
        new ArrayList<>(List.of(bytes("1"), bytes("d:a"), bytes("" + texts.length)));
    for (String text : texts) {
      args.add(bytes("0 0\n" + text));
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
    try (DurableLoad load = new DurableLoad(publisher, CHANNELS)) {
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
    assertNotEquals(before.epoch(), law.held("d:a").epoch());
    assertEquals(0, law.held("d:a").seq());
  }

  @Test
  void redisThatIsKilledUnderLoadComesBackInAnotherEpoch() throws Exception {
    connect("d:a", "d:*");
    try (DurableLoad load = new DurableLoad(publisher, CHANNELS)) {
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

  @Test
  void whatRedisRefusesBeginsWhenItIsAllowed() {
    connect();
    redis.ask("ACL SETUSER default -fcall");
    bus.subscribe(Selector.parse("d:a"));
    Await.until(() -> bus.stats().refusedSubscriptions() > 0);
    assertEquals(0, law.subscribed());
    redis.ask("ACL SETUSER default +fcall");
    Await.until(() -> law.subscribed() == 1);
    Position next = append("d:a", "1");
    Await.until(() -> law.stands("d:a", next));
  }
}
