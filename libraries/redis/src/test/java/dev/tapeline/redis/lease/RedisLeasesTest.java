package dev.tapeline.redis.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Append;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Publication;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that want the same lease. */
class RedisLeasesTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(1_000);

  private RealRedis redis;
  private Node a;
  private Node b;

  /** A process of its own: connection, bus and leases. */
  private static final class Node implements AutoCloseable {

    private final RedisConnector connector;
    private final RedisBus bus;
    private final RedisLeases leases;
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

    private final String name;

    private Node(String name, RealRedis redis) {
      this.name = name;
      connector = RedisConnectors.of(redis.settings());
      bus = new RedisBus(connector, DurableRules.of("d:*"));
      leases = new RedisLeases(connector, bus);
      bus.start(new BusRecorder());
    }

    private Leases.Claim claim(Duration timeToLive) {
      return leases.claim(
          "feed",
          name,
          timeToLive,
          new Leases.Listener() {
            @Override
            public void onHeld(Fence fence) {
              events.add(fence);
            }

            @Override
            public void onLost() {
              events.add("lost");
            }

            @Override
            public void onWaiting(String holder) {
              events.add("waits for " + holder);
            }

            @Override
            public void onRefused(String reason) {
              events.add("refused: " + reason.split(" ", 2)[0]);
            }
          });
    }

    private Leases.Standing look(String lease) {
      return leases
          .look(List.of(lease))
          .exceptionally(_ -> List.of(new Leases.Standing(lease, "unknown", 0, 0, 0)))
          .toCompletableFuture()
          .orTimeout(10, TimeUnit.SECONDS)
          .join()
          .getFirst();
    }

    /** The next grant. */
    private Fence held() throws InterruptedException {
      Object event = next();
      while (!(event instanceof Fence)) {
        event = next();
      }
      return (Fence) event;
    }

    private Object next() throws InterruptedException {
      return events.poll(20, TimeUnit.SECONDS);
    }

    private Append.Result append(Fence fence) {
      return bus.log()
          .append(List.of(Append.of(Publication.of("d:a", "x")).withFence(fence)))
          .toCompletableFuture()
          .orTimeout(10, TimeUnit.SECONDS)
          .join()
          .getFirst();
    }

    @Override
    public void close() {
      leases.close();
      bus.close();
      connector.close();
    }
  }

  @BeforeEach
  void start() {
    redis = RealRedis.running();
    a = new Node("a", redis);
    b = new Node("b", redis);
  }

  @AfterEach
  void stop() {
    a.close();
    b.close();
    redis.close();
  }

  @Test
  void whoHasItIsToldAgainAfterItCouldNotBeHad() throws Exception {
    String key = "tapeline:{lease:feed}";
    try (Leases.Claim held = a.claim(LONG)) {
      a.held();
      try (Leases.Claim _ = b.claim(LONG)) {
        assertEquals("waits for a", b.next());
        redis.ask("RENAME " + key + " {lease:feed}");
        redis.ask("SET " + key + " x");
        assertEquals("refused: WRONGTYPE", b.next());
        redis.ask("DEL " + key);
        redis.ask("RENAME {lease:feed} " + key);
        assertEquals("waits for a", b.next());
        assertTrue(held.isHeld());
      }
    }
  }

  @Test
  void oneHoldsItAndTheOtherFollowsWhenItIsGivenUp() throws Exception {
    Leases.Claim first = a.claim(LONG);
    Fence early = (Fence) a.next();
    Leases.Claim second = b.claim(LONG);
    assertEquals("waits for a", b.next());
    assertTrue(first.isHeld());
    assertFalse(second.isHeld());
    assertTrue(a.append(early) instanceof Append.Result.Logged);
    first.close();
    assertFalse(first.isHeld());
    Fence late = (Fence) b.next();
    assertTrue(second.isHeld());
    assertTrue(late.token() > early.token());
    assertEquals(new Append.Result.Fenced(late.token()), a.append(early));
    assertTrue(b.append(late) instanceof Append.Result.Logged);
  }

  @Test
  void everyNodeSeesWhoHoldsWhat() throws Exception {
    Leases.Claim first = a.claim(LONG);
    Fence fence = (Fence) a.next();
    Await.until(() -> "a".equals(b.look("feed").holder()));
    Leases.Standing held = b.look("feed");
    assertEquals(fence.token(), held.token());
    assertTrue(held.since() > 0 && held.until() > held.since(), held.toString());
    assertEquals(new Leases.Standing("never", null, 0, 0, 0), b.look("never"));
    first.close();
    Await.until(() -> b.look("feed").holder() == null);
    assertEquals(fence.token(), b.look("feed").token());
  }

  @Test
  void whatIsGivenUpAtTheEndIsFreeAtOnce() throws Exception {
    Leases.Claim first = a.claim(LONG);
    a.next();
    Await.until(() -> "a".equals(b.look("feed").holder()));
    first.close();
    a.leases.close();
    assertNull(b.look("feed").holder());
  }

  @Test
  void aHolderThatCanNotRenewLosesItInItsTime() throws Exception {
    a.claim(SHORT);
    Fence early = (Fence) a.next();
    redis.freeze();
    assertEquals("lost", a.next());
    b.claim(SHORT);
    redis.thaw();
    Fence late = firstOf(a, b);
    assertTrue(late.token() > early.token());
  }

  @Test
  void aHolderThatLostItDoesNotWaitForItself() throws Exception {
    a.claim(SHORT);
    Fence early = (Fence) a.next();
    redis.freeze();
    assertEquals("lost", a.next());
    redis.thaw(); // and grants the renewal that was under way
    assertTrue(a.next() instanceof Fence late && late.token() > early.token());
  }

  private static Fence firstOf(Node... nodes) {
    List<Object> grants = new ArrayList<>();
    Await.until(() -> {
      for (Node node : nodes) {
        node.events.drainTo(grants);
      }
      grants.removeIf(event -> !(event instanceof Fence));
      return !grants.isEmpty();
    });
    return (Fence) grants.getFirst();
  }

  @Test
  void aClockThatWasSetBackDoesNotKeepALeaseForAnHour() throws Exception {
    a.claim(SHORT);
    Fence early = (Fence) a.next();
    a.leases.close();
    redis.ask("HINCRBY tapeline:{lease:feed} until 3600000");
    b.claim(SHORT);
    assertTrue(b.held().token() > early.token());
  }

  @Test
  void anotherTakesOverFromOneThatIsGone() throws Exception {
    a.claim(SHORT);
    Fence early = (Fence) a.next();
    a.leases.close(); // no renewal any more, and no release
    b.claim(SHORT);
    Fence late = b.held();
    assertEquals("lost", a.next());
    assertEquals(new Append.Result.Fenced(late.token()), a.append(early));
  }

  @Test
  void tokensGrowOverAFlush() throws Exception {
    a.claim(SHORT);
    Fence early = (Fence) a.next();
    redis.ask("FLUSHALL");
    assertEquals("lost", a.next());
    Fence late = (Fence) a.next();
    assertTrue(late.token() > early.token());
    assertTrue(a.append(late) instanceof Append.Result.Logged);
    assertEquals(new Append.Result.Fenced(late.token()), a.append(early));
  }
}
