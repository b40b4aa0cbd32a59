package dev.tapeline.redis.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus.State;
import dev.tapeline.core.BusException;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.Load;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.TickLists;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bus while Redis crashes, freezes, loads and comes back. */
class RedisOutageTest {

  private static final Duration RETURN = Duration.ofSeconds(2);

  /** Less than the time between two attempts to connect, once there have been some. */
  private static final long AT_ONCE_NANOS = 400_000_000;

  private final BusRecorder recorder = new BusRecorder();
  private RealRedis redis;
  private RedisConnector connector;
  private RedisBus bus;

  @AfterEach
  void close() {
    bus.close();
    connector.close();
    redis.close();
  }

  private void connectTo(RealRedis server) {
    redis = server;
    connector = RedisConnectors.of(server.settings());
    bus = new RedisBus(connector, DurableRules.NONE, TickLists.RULES);
    bus.start(recorder);
  }

  private void connect(String... selectors) {
    connectTo(RealRedis.running());
    for (String selector : selectors) {
      bus.subscribe(Selector.parse(selector));
    }
    recorder.await(() -> recorder.subscribed().size() == selectors.length);
  }

  @Test
  void startsWithoutRedisAndComesUpWithIt() {
    connectTo(RealRedis.stopped());
    bus.subscribe(Selector.parse("a"));
    recorder.await(() -> recorder.states().equals(List.of(State.DOWN)));
    assertTrue(bus.problem().startsWith("nothing answers at 127.0.0.1:"), bus::problem);
    redis.start();
    recorder.await(() -> recorder.subscribed().equals(List.of("a")));
    assertEquals(List.of(State.DOWN, State.UP), recorder.states());
    assertEquals(0, bus.stats().reconnects());
  }

  @Test
  void killedUnderLoadItAnnouncesDownFailsFastAndFlowsAgain() throws Exception {
    connect("a", "market:*");
    try (Load load = new Load(bus, "market:tick:X")) {
      recorder.awaitPublications(100);
      redis.kill();
      recorder.await(() -> bus.state() == State.DOWN);
      assertFailsFast();
      redis.start();
      assertFlowsWithin(RETURN, redis.awaitPong());
      assertTrue(load.failures() > 0, "no publish failed");
    }
    assertEquals(List.of(State.UP, State.DOWN, State.UP), recorder.states());
    assertEquals(List.of("a", "market:*", "a", "market:*"), recorder.subscribed());
    assertEquals(1, bus.stats().reconnects());
  }

  private void assertFailsFast() throws InterruptedException {
    long start = System.nanoTime();
    CompletableFuture<Void> failed =
        bus.publish(List.of(Publication.of("a", "x"))).toCompletableFuture();
    assertTrue(failed.isDone() && System.nanoTime() - start < AT_ONCE_NANOS, "publish waited");
    try {
      failed.get();
    } catch (ExecutionException e) {
      assertInstanceOf(BusException.class, e.getCause());
      return;
    }
    throw new AssertionError("a publication was taken while Redis was away");
  }

  private void assertFlowsWithin(Duration limit, long since) {
    int before = recorder.publications().size();
    recorder.await(() -> bus.state() == State.UP);
    recorder.awaitPublications(before + 100);
    Duration took = Duration.ofNanos(System.nanoTime() - since);
    assertTrue(took.compareTo(limit) <= 0, () -> "data flowed after " + took);
  }

  @Test
  void aFrozenRedisIsNoticedAndItsReturnToo() throws Exception {
    connect("x");
    redis.freeze();
    Await.until(Duration.ofSeconds(5), () -> bus.state() == State.DOWN);
    assertFailsFast();
    redis.thaw();
    long pong = redis.awaitPong();
    try (Load load = new Load(bus, "x")) {
      assertFlowsWithin(RETURN, pong);
    }
    assertEquals(List.of(State.UP, State.DOWN, State.UP), recorder.states());
  }

  @Test
  void whileRedisLoadsItsDataTheBusIsDown() throws Exception {
    connectTo(
        RealRedis.running("loading-process-events-interval-bytes 1024", "key-load-delay 1500"));
    recorder.await(() -> bus.state() == State.UP);
    bus.subscribe(Selector.parse("x"));
    redis.ask("DEBUG POPULATE 1000 key 1000");
    redis.ask("SAVE");
    redis.kill();
    Thread starting = Thread.ofVirtual().start(redis::start);
    Await.until(() -> redis.ask("PING").startsWith("-LOADING"));
    Await.until(() -> bus.problem().endsWith("is loading its data"));
    assertEquals(State.DOWN, bus.state());
    long pong = redis.awaitPong();
    try (Load load = new Load(bus, "x")) {
      assertFlowsWithin(RETURN, pong);
    }
    starting.join();
  }

  @Test
  void overlappingSelectorsDeliverOnceAfterAReturnToo() {
    connect("m:x", "m:*", "*", "*x", "m*x");
    redis.kill();
    redis.start();
    recorder.await(() -> recorder.subscribed().size() == 10);
    publishAll(IntStream.range(0, 500).mapToObj(i -> Publication.of("m:x", "" + i)).toList());
    publishAll(IntStream.range(0, 500).mapToObj(i -> Publication.of("m:y", "" + i)).toList());
    publishAll(List.of(Publication.of("end", "")));
    recorder.await(() -> recorder.texts().contains("end "));
    List<String> expected =
        IntStream.range(0, 1000)
            .mapToObj(i -> (i < 500 ? "m:x " : "m:y ") + i % 500)
            .collect(Collectors.toList());
    expected.add("end ");
    assertEquals(expected, recorder.texts());
  }

  @Test
  void whatIsSubscribedAndUnsubscribedMeanwhileHoldsAfterTheReturn() {
    connect("a", "b");
    redis.kill();
    recorder.await(() -> bus.state() == State.DOWN);
    bus.unsubscribe(Selector.parse("a"));
    bus.subscribe(Selector.parse("c"));
    redis.start();
    recorder.await(() -> recorder.subscribed().equals(List.of("a", "b", "b", "c")));
    publishAll(
        List.of(Publication.of("a", "1"), Publication.of("b", "2"), Publication.of("c", "3")));
    recorder.awaitPublications(2);
    assertEquals(List.of("b 2", "c 3"), recorder.texts());
  }

  @Test
  void losingOnlyTheSubscriptionsIsAnOutageToo() {
    connect("a");
    redis.ask("CLIENT KILL TYPE pubsub");
    recorder.await(() -> recorder.subscribed().equals(List.of("a", "a")));
    assertEquals(List.of(State.UP, State.DOWN, State.UP), recorder.states());
  }

  @Test
  void losingOnlyThePublishingConnectionHealsAsWell() {
    connect("a");
    redis.ask("CLIENT KILL TYPE normal");
    recorder.await(() -> recorder.subscribed().equals(List.of("a", "a")));
    publishAll(List.of(Publication.of("a", "1")));
    recorder.awaitPublications(1);
    assertEquals(List.of("a 1"), recorder.texts());
  }

  private void publishAll(List<Publication> publications) {
    bus.publish(publications).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
