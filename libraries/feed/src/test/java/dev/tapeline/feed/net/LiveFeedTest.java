package dev.tapeline.feed.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedRecorder;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.FeedStatus.State;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.market.instrument.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The feed's thread: order, time, status, faults and the end. */
class LiveFeedTest {

  private final ProbeVendor vendor = new ProbeVendor();
  private final FeedRecorder recorder = new FeedRecorder();
  private final List<FeedStatus> statuses = new CopyOnWriteArrayList<>();
  private final List<Long> received = Collections.synchronizedList(new ArrayList<>());
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private LiveFeed feed(ArrivalTap tap) {
    LiveFeed feed = new LiveFeed("dhan", vendor, NetSettings.DEFAULT, tap, InstantSource.system());
    open.add(feed);
    return feed;
  }

  private LiveFeed start() {
    LiveFeed feed = feed(arrival -> received.add(arrival.received()));
    feed.start(listener(), recorder);
    return feed;
  }

  private FeedListener listener() {
    return new FeedListener() {
      @Override
      public void onStatus(FeedStatus status) {
        statuses.add(status);
        recorder.onStatus(status);
      }

      @Override
      public void onFault(FeedFault fault) {
        recorder.onFault(fault);
      }

      @Override
      public void onEnded() {
        recorder.onEnded();
      }

      @Override
      public void onFailed(Exception failure) {
        recorder.onFailed(failure);
      }
    };
  }

  private VendorServer serve(VendorServer.Script script) {
    VendorServer server = VendorServer.of(script);
    open.add(server);
    return server;
  }

  private static Watchlist watchlist(int instruments) {
    Map<Instrument, Detail> wanted = new HashMap<>();
    for (int i = 0; i < instruments; i++) {
      wanted.put(Instrument.binance("S" + i), Detail.PRICE);
    }
    return Watchlist.of(wanted);
  }

  private List<String> told() {
    return statuses.stream().map(status -> status.state() + ": " + status.reason()).toList();
  }

  @Test
  void isConnectingBeforeAnythingIsTold() {
    assertEquals("connecting", feed(ArrivalTap.NONE).status().reason());
    LiveFeed feed = start();
    vendor.await(probe -> !probe.times().isEmpty());
    assertEquals(List.of("DOWN: connecting"), told());
    assertEquals(State.DOWN, feed.status().state());
  }

  @Test
  void onlyNewsIsTold() {
    vendor.ask(link -> {
      link.tell(State.DOWN, "connecting");
      link.tell(State.LIVE, null);
      link.tell(State.LIVE, null);
      link.tell(State.LIVE, "2 of 5 sockets");
      link.tell(State.LIVE, "2 of 5 sockets");
      link.tell(State.DOWN, "the token is over");
    });
    LiveFeed feed = start();
    recorder.await(r -> r.states().size() >= 4);
    assertEquals(
        List.of(
            "DOWN: connecting", "LIVE: null", "LIVE: 2 of 5 sockets", "DOWN: the token is over"),
        told());
    assertEquals(statuses.get(1).since(), statuses.get(2).since());
    assertEquals(statuses.getLast(), feed.status());
  }

  @Test
  void aFeedThatCannotKeepUpSaysSo() {
    AtomicLong now = new AtomicLong(1_000_000);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    vendor.react((arrival, link) -> {
      switch (arrival) {
        case Arrival.Opened _ -> link.tell(State.LIVE, "1 of 2 sockets");
        case Arrival.Frame _ when goOn.getCount() > 0 -> {
          busy.countDown();
          awaitQuietly(goOn);
        }
        default -> {}
      }
    });
    VendorServer server =
        serve(peer -> {
          peer.upgrade();
          peer.text("first");
          awaitQuietly(busy);
          for (int i = 0; i < 20; i++) {
            peer.text("later");
          }
          peer.read();
        });
    vendor.open("a", server.uri());
    InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    LiveFeed feed = new LiveFeed("dhan", vendor, NetSettings.DEFAULT, ArrivalTap.NONE, clock);
    open.add(feed);
    feed.start(listener(), recorder);
    recorder.await(_ -> feed.figures().mostWaiting() >= 20);
    now.addAndGet(10_000);
    goOn.countDown();
    recorder.await(r -> r.states().size() >= 4);
    assertEquals(
        List.of(
            "DOWN: connecting",
            "LIVE: 1 of 2 sockets",
            "LIVE: behind the vendor, as this node is too slow; 1 of 2 sockets",
            "LIVE: 1 of 2 sockets"),
        told());
    assertEquals(statuses.get(1).since(), statuses.get(3).since());
    assertEquals(0, feed.figures().lagMillis());
  }

  @Test
  void theNewestWatchlistIsGivenAlsoFromBeforeTheStart() {
    LiveFeed feed = feed(ArrivalTap.NONE);
    feed.watch(watchlist(1));
    feed.watch(watchlist(2));
    feed.start(recorder, recorder);
    assertEquals(List.of("watch 2"), vendor.await(1));
    feed.watch(watchlist(3));
    assertEquals(List.of("watch 2", "watch 3"), vendor.await(2));
  }

  /** A session that is busy gets the last of many lists, not all. */
  @Test
  void watchlistsAreNotQueued() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    vendor.ask(_ -> {
      busy.countDown();
      awaitQuietly(goOn);
    });
    LiveFeed feed = start();
    assertTrue(busy.await(30, TimeUnit.SECONDS));
    IntStream.rangeClosed(1, 50).forEach(i -> feed.watch(watchlist(i)));
    goOn.countDown();
    assertEquals(List.of("watch 50"), vendor.await(1));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void timePassesAlsoUnderLoadAndNeverGoesBack() throws Exception {
    VendorServer server =
        serve(peer -> {
          peer.upgrade();
          while (true) {
            peer.text("tick");
          }
        });
    vendor.open("a", server.uri());
    start();
    vendor.await(probe -> probe.arrivals().size() > 1000 && probe.times().size() > 10);
    open.removeLast().close();
    assertEquals(received.stream().sorted().toList(), received);
    List<Long> times = vendor.times().stream().map(Arrival::received).toList();
    for (int i = 1; i < times.size(); i++) {
      assertTrue(times.get(i) - times.get(i - 1) >= 100, times.toString());
    }
    assertEquals(times.stream().map(time -> "time " + time).toList(), recorder.story());
    assertTrue(recorder.batches() > 0);
  }

  @Test
  void theTapSeesEachArrivalBeforeTheSession() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    vendor.react((arrival, _) -> order.add("session " + arrival));
    vendor.open("a", serve(peer -> peer.upgrade().text("hello")).uri());
    feed(arrival -> order.add("tap " + arrival)).start(recorder, recorder);
    assertEquals(List.of("opened a", "text a hello"), vendor.await(2));
    open.removeLast().close();
    List<String> expected = new ArrayList<>();
    for (String seen : order.stream().filter(each -> each.startsWith("session")).toList()) {
      expected.add(seen.replaceFirst("session", "tap"));
      expected.add(seen);
    }
    assertEquals(expected, order);
  }

  @Test
  void aFailureOfTheSessionEndsTheFeedAndItsSockets() throws InterruptedException {
    CountDownLatch gone = new CountDownLatch(1);
    VendorServer server =
        serve(peer -> {
          peer.upgrade();
          peer.text("poison");
          peer.readToEnd();
          gone.countDown();
        });
    vendor.open("a", server.uri());
    vendor.react((arrival, _) -> {
      if (arrival instanceof Arrival.Frame) {
        throw new IllegalStateException("a decoder broke");
      }
    });
    LiveFeed feed = start();
    recorder.await(r -> !r.ends().isEmpty());
    assertEquals(List.of("failed: a decoder broke"), recorder.ends());
    assertEquals(List.of("DOWN: connecting"), told());
    assertEquals(State.DOWN, feed.status().state());
    assertTrue(gone.await(30, TimeUnit.SECONDS));
  }

  @Test
  void aFailureOfAListenerEndsTheFeed() {
    feed(ArrivalTap.NONE).start(recorder, recorder.failing());
    recorder.await(r -> !r.ends().isEmpty());
    assertEquals(List.of("failed: a study broke"), recorder.ends());
  }

  @Test
  void aFailureOfTheTapEndsTheFeed() {
    feed(
            _ -> {
              throw new IllegalStateException("the disk is full");
            })
        .start(recorder, recorder);
    recorder.await(r -> !r.ends().isEmpty());
    assertEquals(List.of("failed: the disk is full"), recorder.ends());
  }

  @Test
  void faultsAreCountedByTheirKinds() {
    vendor.ask(link -> {
      link.fault("length", "a packet of 3 bytes");
      link.fault("segment", "segment 99");
      link.fault("length", "a packet of 4 bytes");
    });
    LiveFeed feed = start();
    recorder.await(r -> r.faults().size() >= 3);
    assertEquals(
        List.of(
            new FeedFault("dhan", "length", 0, "a packet of 3 bytes"),
            new FeedFault("dhan", "segment", 0, "segment 99"),
            new FeedFault("dhan", "length", 0, "a packet of 4 bytes")),
        recorder.faults());
    assertEquals(Map.of("length", 2L, "segment", 1L), feed.figures().faults());
  }

  @Test
  void kindsBeyondAHundredAreCountedTogether() {
    vendor.ask(link -> IntStream.range(0, 150).forEach(i -> link.fault("kind " + i, "bad")));
    LiveFeed feed = start();
    recorder.await(r -> r.faults().size() >= 150);
    assertEquals(101, feed.figures().faults().size());
    assertEquals(50, feed.figures().faults().get(FaultCounts.OTHER));
    assertEquals(FaultCounts.OTHER, recorder.faults().getLast().kind());
  }

  @Test
  void isClosedAfterItIsClosed() {
    LiveFeed feed = start();
    vendor.await(probe -> !probe.times().isEmpty());
    feed.close();
    assertEquals(State.CLOSED, feed.status().state());
    assertEquals(List.of("DOWN: connecting", "CLOSED: null"), told());
    assertEquals(List.of(), recorder.ends());
    feed.close();
  }

  @Test
  void mayBeClosedByItsOwnThread() {
    LiveFeed feed = feed(ArrivalTap.NONE);
    vendor.ask(_ -> feed.close());
    feed.start(recorder, recorder);
    recorder.await(r -> r.states().contains(State.CLOSED));
    assertEquals(State.CLOSED, feed.status().state());
  }

  /** One that answers no close, one that reads nothing, one in its handshake, one to come. */
  @Test
  void closesAlsoWhenItsServersAreDead() throws InterruptedException {
    CountDownLatch gone = new CountDownLatch(2);
    VendorServer silent =
        serve(peer -> {
          peer.upgrade();
          peer.readToEnd();
          gone.countDown();
        });
    VendorServer deaf = serve(peer -> peer.upgrade().idle());
    VendorServer slow =
        serve(peer -> {
          try {
            peer.readHead(); // or the client leaves before it has sent that
            peer.readToEnd();
          } finally {
            gone.countDown();
          }
        });
    vendor.open("a", silent.uri()).open("b", deaf.uri()).open("c", slow.uri());
    vendor.open("d", slow.uri());
    vendor.react((arrival, link) -> {
      if (arrival instanceof Arrival.Opened(String socket, long _) && socket.equals("b")) {
        IntStream.range(0, 900).forEach(_ -> link.send("b", "x".repeat(9000)));
      }
    });
    LiveFeed feed = start();
    vendor.await(2);
    vendor.await(_ -> !slow.peers().isEmpty());
    feed.close();
    assertTrue(gone.await(30, TimeUnit.SECONDS));
    assertEquals(State.CLOSED, feed.status().state());
    assertEquals(List.of("opened a", "opened b"), vendor.story());
    assertEquals(List.of(), threadsOf("dhan"));
  }

  private static List<String> threadsOf(String feed) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    List<String> names = runningThreads(feed);
    while (!names.isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      names = runningThreads(feed);
    }
    return names;
  }

  private static List<String> runningThreads(String feed) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.endsWith("-" + feed))
        .toList();
  }
}
