package dev.tapeline.hub.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Folds;
import dev.tapeline.core.KindRules;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedLog;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.ring.Ring;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A channel that is given up and wanted again at once: what is left over of its former subscription
 * begins no epoch, as more may be missing behind it.
 */
class InterestLivesTest {

  private static final Channel A = Channel.of("a");

  private final LateBus bus = new LateBus();
  private final Hub hub =
      new Hub(
          new Hub.Limits(100, 100, 100, 100, 1 << 16, 1 << 20, 1 << 16, 1L << 40, List.of()),
          KindRules.NONE,
          Folds.NONE,
          bus,
          Runnable::run);

  @BeforeEach
  void start() {
    hub.start(state -> {});
    hub.acquire(A, () -> {});
  }

  private Ring ring() {
    return hub.obtain("a").ring();
  }

  private String newest() {
    Message newest = ring().newest();
    return newest == null ? "nothing" : new String(newest.payload().json(), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsLeftOverOfAFormerSubscriptionBeginsNothing() {
    bus.confirm(A);
    bus.deliver("1");
    String former = ring().epoch();
    hub.release(A);
    hub.acquire(A, () -> {});
    bus.deliver("2");
    bus.confirm(A);
    bus.deliver("4");
    assertNotEquals(former, ring().epoch());
    assertEquals(1, ring().head());
    assertEquals("4", newest());
    assertEquals(1, hub.counters().droppedUnwanted.sum());
  }

  @Test
  void whatIsLeftOverBeginsNothingOnAChannelThatIsStillHereEither() {
    bus.confirm(A);
    bus.deliver("1");
    hub.obtain("a").expire();
    hub.release(A);
    hub.acquire(A, () -> {});
    hub.obtain("a").expire();
    bus.deliver("2");
    bus.confirm(A);
    bus.deliver("4");
    assertEquals(1, ring().head());
    assertEquals("4", newest());
  }

  @Test
  void whileTheBusIsAwayThisNodesOwnPublicationsBeginAnEpoch() {
    bus.confirm(A);
    bus.become(Bus.State.DOWN);
    bus.deliver("2");
    bus.deliver("3");
    assertEquals(2, ring().head());
    assertEquals("3", newest());
  }

  /** Whoever is called may ask the bus, which may be delivering what makes a channel. */
  @Test
  void nobodyIsCalledUnderTheLockThatADeliveryTakes() {
    bus.confirm(A);
    AtomicInteger delivered = new AtomicInteger();
    Runnable deliver =
        () -> {
          Thread publisher = Thread.ofPlatform().start(() -> hub.obtain("b" + delivered.get()));
          delivered.addAndGet(join(publisher) ? 1 : 0);
        };
    hub.whenLive(A, deliver);
    hub.acquire(A, deliver);
    assertEquals(2, delivered.get());
  }

  private static boolean join(Thread thread) {
    try {
      return thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A bus that confirms and delivers when the test says so, in an order that Redis may have. */
  private static final class LateBus implements Bus {

    private final EmbeddedLog log =
        new EmbeddedLog(10, 1 << 20, DurableRules.NONE, System::currentTimeMillis);
    private Listener listener = Listener.DEAF;
    private State state = State.UP;

    void confirm(Selector selector) {
      listener.onSubscribed(selector, List.of());
    }

    void deliver(String payload) {
      listener.onPublication(Publication.of("a", payload));
    }

    void become(State newest) {
      state = newest;
      listener.onState(newest);
    }

    @Override
    public void start(Listener to) {
      listener = to;
    }

    @Override
    public CompletionStage<Void> publish(List<Publication> publications) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public CompletionStage<Void> publish(List<Publication> publications, Fence fence) {
      return publish(publications);
    }

    @Override
    public void subscribe(Selector selector) {}

    @Override
    public void unsubscribe(Selector selector) {}

    @Override
    public State state() {
      return state;
    }

    @Override
    public ChannelLog log() {
      return log;
    }

    @Override
    public void close() {}
  }
}
