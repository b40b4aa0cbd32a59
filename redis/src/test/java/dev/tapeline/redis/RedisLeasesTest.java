package dev.tapeline.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Append;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Publication;
import java.time.Duration;
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

    private Node(RealRedis redis) {
      connector = new RedisConnector(redis.settings());
      bus = new RedisBus(connector, DurableRules.of("d:*"));
      leases = new RedisLeases(connector, bus);
      bus.start(new BusRecorder());
    }

    private Leases.Claim claim(Duration timeToLive) {
      return leases.claim(
          "feed",
          "node",
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
          });
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
    a = new Node(redis);
    b = new Node(redis);
  }

  @AfterEach
  void stop() {
    a.close();
    b.close();
    redis.close();
  }

  @Test
  void oneHoldsItAndTheOtherFollowsWhenItIsGivenUp() throws Exception {
    Leases.Claim first = a.claim(LONG);
    Fence early = (Fence) a.next();
    b.claim(LONG);
    assertTrue(a.append(early) instanceof Append.Result.Logged);
    first.close();
    Fence late = (Fence) b.next();
    assertTrue(late.token() > early.token());
    assertEquals(new Append.Result.Fenced(late.token()), a.append(early));
    assertTrue(b.append(late) instanceof Append.Result.Logged);
  }

  @Test
  void aHolderThatCanNotRenewLosesItInItsTime() throws Exception {
    a.claim(SHORT);
    Fence early = (Fence) a.next();
    redis.freeze();
    assertEquals("lost", a.next());
    b.claim(SHORT);
    redis.thaw();
    Await.until(() -> a.events.size() + b.events.size() > 0);
    Fence late = (Fence) (a.events.isEmpty() ? b.next() : a.next());
    assertTrue(late.token() > early.token());
  }

  @Test
  void anotherTakesOverFromOneThatIsGone() throws Exception {
    a.claim(SHORT);
    Fence early = (Fence) a.next();
    a.leases.close(); // no renewal any more, and no release
    b.claim(SHORT);
    Fence late = (Fence) b.next();
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
