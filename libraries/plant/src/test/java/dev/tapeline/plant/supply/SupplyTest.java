package dev.tapeline.plant.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.embedded.EmbeddedLeases;
import dev.tapeline.feed.Detail;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.instrument.Instrument;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a source that fails or ends, on nodes within this process. */
@Timeout(60)
class SupplyTest {

  private final EmbeddedBus bus = new EmbeddedBus(100);
  private final EmbeddedCache cache = new EmbeddedCache(100, System::currentTimeMillis);
  private final EmbeddedLeases leases = new EmbeddedLeases(System::currentTimeMillis);
  private final List<Node> nodes = new ArrayList<>();

  /** A node with the source {@code test}. */
  private final class Node {

    private final BlockingQueue<TestFeed> feeds = new LinkedBlockingQueue<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Supply supply;

    private final boolean endsInStart;

    private Node(String name) {
      this(name, false);
    }

    private Node(String name, boolean endsInStart) {
      this.endsInStart = endsInStart;
      SourceSpec spec = new SourceSpec("test", FeedStatus.State.LIVE, () -> {}, this::feed);
      supply =
          Supply.start(
              List.of(spec),
              new TestPlantBus(bus, cache, leases, false),
              name,
              InstantSource.system(),
              this::tell,
              meters);
      nodes.add(this);
    }

    private TestFeed feed() {
      TestFeed feed = new TestFeed(endsInStart);
      feeds.add(feed);
      return feed;
    }

    private void tell(SourceStatus status) {
      told.add(status.reason() == null ? status.state() : status.state() + ": " + status.reason());
    }

    /** The feed of the next run. */
    private TestFeed next() throws InterruptedException {
      TestFeed feed = feeds.poll(30, TimeUnit.SECONDS);
      assertTrue(feed != null, "no run has begun");
      return feed;
    }

    private SourceReport report() {
      return supply.reports().getFirst();
    }

    private String problem() {
      return supply.problem().orElse("");
    }

    private double count(String meter) {
      return meters.get(meter).counter().count();
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(node -> node.supply.close());
    bus.close();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not within 30 s");
      Thread.onSpinWait();
    }
  }

  private static boolean isBeating() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("heartbeat-test"));
  }

  @Test
  void aSourceThatFailsIsToldAndTriedAgain() throws InterruptedException {
    Node node = new Node("a");
    TestFeed first = node.next();
    await(() -> node.report().status().equals("live") && isBeating());
    first.fail("a study broke");
    await(() -> !node.problem().isEmpty());
    assertEquals("nobody runs the feed test: it failed: a study broke", node.problem());
    assertEquals("standby", node.report().state());
    assertEquals("down", node.report().status());
    assertEquals("it failed", node.report().reason());
    assertEquals("it failed: a study broke", node.report().problem());
    assertEquals(List.of(), node.supply.leases());
    await(() -> !isBeating());
    node.next();
    await(() -> node.report().status().equals("live") && node.problem().isEmpty());
    assertEquals("held", node.report().state());
    assertNull(node.report().reason());
    assertEquals(List.of("live", "down: it failed", "live"), node.told);
    assertEquals(1, node.count("tapeline.feed.failures"));
  }

  @Test
  void aRunWatchesWhatWasToldBeforeAndSince() throws InterruptedException {
    Watchlist list = Watchlist.of(Map.of(Instrument.binance("BTCUSDT"), Detail.QUOTE));
    Node node = new Node("a");
    TestFeed first = node.next();
    node.supply.watch("other", Watchlist.EMPTY);
    node.supply.watch("test", list);
    await(() -> first.watched().equals(list));
    first.fail("a study broke");
    TestFeed second = node.next();
    await(() -> second.watched().equals(list));
  }

  @Test
  void anotherNodeRunsASourceThatFailed() throws InterruptedException {
    Node first = new Node("a");
    TestFeed failing = first.next();
    Node second = new Node("b");
    await(() -> second.report().status().equals("live"));
    failing.fail("a study broke");
    second.next();
    await(() -> second.report().state().equals("held"));
    await(() -> first.problem().isEmpty());
    assertEquals("standby", first.report().state());
    assertTrue(first.feeds.isEmpty());
  }

  @Test
  void aNodeDoesNotStandByForItself() throws InterruptedException {
    Leases.Claim earlier =
        leases.claim("feed:test", "a", Supply.TIME_TO_LIVE, new IgnoringListener());
    Node node = new Node("a");
    earlier.close();
    node.next();
    await(() -> node.report().state().equals("held"));
    await(() -> node.told.equals(List.of("live")));
  }

  /** A listener of a claim of which nothing is wanted. */
  private static final class IgnoringListener implements Leases.Listener {

    @Override
    public void onHeld(Fence fence) {}

    @Override
    public void onLost() {}
  }

  @Test
  void aSourceThatEndsIsNotBegunAnew() throws InterruptedException {
    Node first = new Node("a");
    TestFeed ending = first.next();
    Node second = new Node("b");
    ending.end();
    await(() -> first.report().state().equals("ended"));
    assertEquals("closed", first.report().status());
    await(() -> !isBeating());
    assertEquals("", first.problem());
    assertEquals(List.of("feed:test"), first.supply.leases());
    assertTrue(second.feeds.isEmpty());
    first.supply.close();
    second.next();
  }

  @Test
  void aSourceMayEndBeforeItsStartReturns() throws InterruptedException {
    Node node = new Node("a", true);
    node.next();
    await(() -> node.report().state().equals("ended"));
    assertEquals(List.of("live", "closed"), node.told);
    assertEquals(List.of("feed:test"), node.supply.leases());
    assertEquals(0, node.count("tapeline.feed.failures"));
  }
}
