package dev.tapeline.redis.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusException;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.StandInBus;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A node's own feed and clients, while Redis is there and while it is away. */
class StandInBusTest {

  private static final DurableRules RULES = DurableRules.of("d:*");

  private static void await(CompletionStage<Void> stage) {
    stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static List<Publication> both(String text) {
    return List.of(Publication.of("d:a", text), Publication.of("plain", text));
  }

  @Test
  void withoutALeaseNothingIsPublishedOnTheBusThatIsBack() {
    RealRedis redis = RealRedis.running();
    try (RedisConnector connector = RedisConnectors.of(redis.settings());
        StandInBus bus =
            new StandInBus(new RedisBus(connector, RULES), RULES, 100, 1 << 20, () -> 1_000)) {
      BusRecorder recorder = new BusRecorder();
      bus.start(recorder);
      recorder.await(() -> bus.state() == Bus.State.UP);
      bus.subscribe(Selector.parse("*"));
      recorder.await(() -> recorder.subscribed().contains("*"));
      CompletionException refused =
          assertThrows(CompletionException.class, () -> await(bus.publishAlone(both("early"))));
      assertEquals(BusException.class, refused.getCause().getClass());
      await(bus.publish(both("shared"), new Fence("f", 1)));
      recorder.awaitPublications(2);
      redis.kill();
      recorder.await(() -> bus.state() == Bus.State.DOWN);
      await(bus.publishAlone(both("alone")));
      await(bus.publish(both("held"), new Fence("f", 1)));
      assertEquals(
          List.of("d:a alone", "plain alone", "d:a held", "plain held"),
          recorder.texts().subList(2, 6));
      assertEquals(2, bus.log().read("d:a", 0, 10).toCompletableFuture().join().entries().size());
      CompletionException elsewhere =
          assertThrows(
              CompletionException.class,
              () -> bus.log().read("d:b", 0, 10).toCompletableFuture().join());
      assertEquals(BusException.class, elsewhere.getCause().getClass());
      redis.start();
      recorder.await(() -> bus.state() == Bus.State.UP);
      assertThrows(CompletionException.class, () -> await(bus.publishAlone(both("late"))));
      assertEquals(6, recorder.publications().size());
    } finally {
      redis.close();
    }
  }

  @Test
  void whatIsSetAsideCountsAsAwayAndItsPlainChannelsGoOn() {
    RealRedis redis = RealRedis.running();
    try (RedisConnector connector = RedisConnectors.of(redis.settings());
        RedisBus shared = new RedisBus(connector, RULES);
        StandInBus bus = new StandInBus(shared, RULES, 100, 1 << 20, () -> 1_000)) {
      BusRecorder recorder = new BusRecorder();
      bus.start(recorder);
      bus.subscribe(Selector.parse("*"));
      recorder.await(() -> recorder.subscribed().contains("*"));
      assertTrue(bus.setAside(true));
      assertFalse(bus.setAside(true));
      assertEquals(Bus.State.DOWN, bus.state());
      await(bus.publish(both("held"), new Fence("f", 1)));
      assertEquals(":1\r\n", redis.ask("PUBLISH others 1"));
      recorder.awaitPublications(3);
      await(shared.publish(List.of(Publication.of("d:a", "of another"))));
      await(shared.publish(List.of(Publication.of("d:b", "of another"))));
      recorder.awaitPublications(4);
      assertEquals(
          List.of("d:a held", "plain held", "others 1", "d:b of another"), recorder.texts());
      assertTrue(bus.setAside(false));
      assertEquals(Bus.State.DOWN, bus.state());
      shared.renew("it is used again");
      recorder.await(() -> bus.state() == Bus.State.UP);
      recorder.await(() -> recorder.subscribed().size() == 2);
      await(bus.publish(both("shared"), new Fence("f", 1)));
      recorder.awaitPublications(6);
      assertEquals(
          2, shared.log().read("d:a", 0, 10).toCompletableFuture().join().entries().size());
    } finally {
      redis.close();
    }
  }

  @Test
  void theBusIsDownUntilItsListenerKnowsThatItIsBack() {
    RealRedis redis = RealRedis.running();
    try (RedisConnector connector = RedisConnectors.of(redis.settings());
        RedisBus shared = new RedisBus(connector, RULES);
        StandInBus bus = new StandInBus(shared, RULES, 100, 1 << 20, () -> 1_000)) {
      BusRecorder recorder = new BusRecorder();
      bus.start(recorder);
      recorder.await(() -> bus.state() == Bus.State.UP);
      redis.kill();
      recorder.await(() -> bus.state() == Bus.State.DOWN);
      synchronized (recorder) { // which can't be told meanwhile
        redis.start();
        Await.until(() -> shared.state() == Bus.State.UP);
        assertEquals(Bus.State.DOWN, bus.state());
      }
      recorder.await(() -> bus.state() == Bus.State.UP);
    } finally {
      redis.close();
    }
  }
}
