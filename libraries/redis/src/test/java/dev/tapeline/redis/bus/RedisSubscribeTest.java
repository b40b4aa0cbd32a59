package dev.tapeline.redis.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus.State;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.TickLists;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the bus makes of what others do on the same Redis. */
class RedisSubscribeTest {

  private static RealRedis redis;

  private final BusRecorder recorder = new BusRecorder();
  private RedisConnector connector;
  private RedisBus bus;

  @BeforeAll
  static void startRedis() {
    redis = RealRedis.running();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @AfterEach
  void close() {
    bus.close();
    connector.close();
  }

  private void connect(RedisSettings settings, String... selectors) {
    connector = RedisConnectors.of(settings);
    bus = new RedisBus(connector, DurableRules.NONE, TickLists.RULES);
    bus.start(recorder);
    for (String selector : selectors) {
      bus.subscribe(Selector.parse(selector));
    }
    recorder.await(() -> recorder.subscribed().size() == selectors.length);
  }

  @Test
  void aPublicationByAnyClientReachesEachSelectorThatMatchesOnce() {
    connect(redis.settings(), "market:tick:BANKNIFTY", "market:tick:*");
    assertEquals(":2\r\n", redis.ask("PUBLISH market:tick:BANKNIFTY '{\"p\":1}'"));
    assertEquals(":1\r\n", redis.ask("PUBLISH market:tick:NIFTY 2"));
    recorder.awaitPublications(2);
    assertEquals(
        List.of("market:tick:BANKNIFTY {\"p\":1}", "market:tick:NIFTY 2"), recorder.texts());
    assertEquals(3, bus.stats().received());
    assertEquals(1, bus.stats().droppedDuplicates());
  }

  /** Redis closes a connection that subscribes when more than 32 MB wait for it. */
  @Test
  void aTickThatIsTooLongIsLeftOutAndEndsNothing() {
    redis.ask("SETRANGE long 34000000 x");
    redis.ask("EVAL \"redis.call('RPUSH', 'tick:LONG', redis.call('GET', 'long'))\" 0");
    Await.until(() -> redis.ask("TYPE tick:LONG").equals("+list\r\n"));
    redis.ask("RPUSH tick:SHORT newest");
    connect(redis.settings(), "market:tick:LONG", "market:tick:SHORT");
    assertEquals(
        List.of("market:tick:SHORT newest"),
        recorder.last().stream().map(Publication::toString).toList());
    redis.ask("PUBLISH market:tick:LONG live");
    recorder.awaitPublications(1);
    assertEquals(List.of(State.UP), recorder.states());
    redis.ask("DEL long tick:LONG");
  }

  @Test
  void manyTicksAreReadSomeAtATime() {
    List<String> names = IntStream.range(0, 100).mapToObj(i -> "market:tick:M" + i).toList();
    names.forEach(name -> redis.ask("RPUSH " + name.substring("market:".length()) + " " + name));
    connect(redis.settings(), names.toArray(String[]::new));
    assertEquals(names, recorder.subscribed());
    assertEquals(
        names.stream().map(name -> name + " " + name).toList(),
        recorder.last().stream().map(Publication::toString).toList());
  }

  @Test
  void whatRedisTellsOfKeysIsNotForThoseWhoWantEverything() {
    connect(redis.settings(), "*");
    redis.ask("CONFIG SET notify-keyspace-events KEA");
    redis.ask("SET secret:key 1");
    redis.ask("CONFIG SET notify-keyspace-events \"\"");
    redis.ask("PUBLISH __sentinel__:hello 10.0.0.7");
    redis.ask("PUBLISH last 1");
    recorder.awaitPublications(1);
    assertEquals(List.of("last 1"), recorder.texts());
    assertEquals(3, bus.stats().droppedInvalidNames());
  }

  @Test
  void aTickChannelBeginsWithTheNewestOfItsRecentTicks() {
    redis.ask("RPUSH tick:NIFTY newest older");
    redis.ask("SET tick:ODD text");
    connect(
        redis.settings(),
        "market:tick:NIFTY",
        "market:tick:ODD",
        "market:tick:NONE",
        "market:tick:*");
    assertEquals(
        List.of("market:tick:NIFTY newest"),
        recorder.last().stream().map(Publication::toString).toList());
    assertEquals(
        List.of("market:tick:NIFTY", "market:tick:ODD", "market:tick:NONE", "market:tick:*"),
        recorder.subscribed());
  }

  @Test
  void theNewestTickIsReadFromTheDatabaseOfTheUrl() {
    redis.ask("RPUSH tick:DB other");
    connect(RedisSettings.parse("redis://127.0.0.1:%d/3".formatted(redis.port())));
    bus.subscribe(Selector.parse("market:tick:DB"));
    recorder.await(() -> recorder.subscribed().size() == 1);
    assertEquals(List.of(), recorder.last());
  }

  @Test
  void thePrefixKeepsEnvironmentsApart() {
    redis.ask("RPUSH staging:tick:X kept");
    connect(redis.settings().withKeyPrefix("staging:"), "market:tick:X", "a*", "b");
    redis.ask("PUBLISH market:tick:X foreign");
    redis.ask("PUBLISH ab foreign");
    redis.ask("PUBLISH staging:market:tick:X 1");
    redis.ask("PUBLISH staging:ab 2");
    bus.publish(List.of(Publication.of("b", "3")));
    recorder.awaitPublications(3);
    assertEquals(List.of("market:tick:X 1", "ab 2", "b 3"), recorder.texts());
    assertEquals("market:tick:X kept", recorder.last().getFirst().toString());
  }

  @Test
  void namesThatNoChannelCanHaveAreDroppedAndCounted() {
    connect(redis.settings(), "*");
    redis.ask("PUBLISH a?b 1");
    redis.ask("PUBLISH \"line\\nbreak\" 2");
    redis.ask("PUBLISH " + "x".repeat(300) + " 3");
    redis.ask("PUBLISH \"\\xff\\xfe\" 4");
    redis.ask("PUBLISH good 5");
    recorder.await(() -> recorder.texts().contains("good 5"));
    assertEquals(3, bus.stats().droppedInvalidNames(), () -> recorder.texts().toString());
  }

  @Test
  void aPayloadOfAMegabyteComesWhole() {
    connect(redis.settings(), "big");
    String payload = "x".repeat(1 << 20);
    bus.publish(List.of(Publication.of("big", payload), Publication.of("big", "end")));
    recorder.awaitPublications(2);
    assertEquals(List.of("big " + payload, "big end"), recorder.texts());
  }

  @Test
  void aSelectorThatRedisRefusesIsCountedAndTheOthersWork() {
    redis.ask("ACL SETUSER limited on >pw ~* +@all resetchannels &allowed:*");
    connect(RedisSettings.parse("redis://limited:pw@127.0.0.1:" + redis.port()));
    for (String selector : List.of("allowed:a", "forbidden:b", "market:tick:F", "allowed:c")) {
      bus.subscribe(Selector.parse(selector));
    }
    recorder.await(() -> recorder.subscribed().size() == 2);
    recorder.await(() -> bus.stats().refusedSubscriptions() == 2);
    redis.ask("PUBLISH allowed:c 1");
    recorder.awaitPublications(1);
    assertEquals(List.of("allowed:a", "allowed:c"), recorder.subscribed());
  }

  /** Each publication once, while patterns come and go and are merged and split on Redis. */
  @Test
  void manyPatternsAreFewOnRedisAndNothingIsLostOrDoubled() {
    connect(redis.settings(), "n:1", "n:*7*");
    List<Selector> many =
        IntStream.range(1000, 1200).mapToObj(i -> Selector.parse("n:*" + i + "*")).toList();
    for (int i = 0; i < 300; i++) {
      redis.ask("PUBLISH n:7 " + i);
      redis.ask("PUBLISH n:1 " + i);
      if (i < 200) {
        bus.subscribe(many.get(i));
      } else {
        bus.unsubscribe(List.of(many.get(i - 200), many.get(i - 100)));
      }
      if (i == 200) {
        recorder.await(() -> recorder.subscribed().size() == 202);
        recorder.await(() -> redis.ask("PUBSUB NUMPAT").equals(":1\r\n"));
      }
    }
    recorder.awaitPublications(600);
    List<String> expected =
        IntStream.range(0, 300).boxed().flatMap(i -> Stream.of("n:7 " + i, "n:1 " + i)).toList();
    assertEquals(expected, recorder.texts());
    redis.ask("PUBLISH n:1150x 1");
    redis.ask("PUBLISH n:71 2");
    recorder.awaitPublications(601);
    assertEquals("n:71 2", recorder.texts().getLast());
    recorder.await(() -> redis.ask("PUBSUB NUMPAT").equals(":1\r\n"));
    assertEquals(":1\r\n", redis.ask("PUBLISH n:7 3"));
    assertEquals(":0\r\n", redis.ask("PUBLISH n:8 4"));
  }

  /** As by an ACL that allows single patterns. */
  @Test
  void whereRedisRefusesWhatIsMergedEachPatternGoesOnByItself() {
    String rules =
        IntStream.range(100, 200).mapToObj(i -> "&n:" + i + "*").collect(Collectors.joining(" "));
    redis.ask("ACL SETUSER single on >pw ~* +@all resetchannels " + rules);
    String[] patterns =
        IntStream.range(100, 200).mapToObj(i -> "n:" + i + "*").toArray(String[]::new);
    connect(RedisSettings.parse("redis://single:pw@127.0.0.1:" + redis.port()), patterns);
    redis.ask("PUBLISH n:100x 1");
    redis.ask("PUBLISH n:199x 2");
    recorder.awaitPublications(2);
    assertEquals(List.of("n:100x 1", "n:199x 2"), recorder.texts());
  }

  @Test
  void thousandsOfSelectorsAreSubscribedAtOnce() {
    connect(redis.settings());
    recorder.await(() -> bus.state() == State.UP);
    IntStream.range(0, 20_000).forEach(i -> bus.subscribe(Selector.parse("market:tick:S" + i)));
    recorder.await(() -> recorder.subscribed().size() == 20_000);
    assertTrue(redis.ask("PUBSUB NUMSUB market:tick:S19999").contains(":1\r\n"));
  }
}
