package dev.tapeline.feed.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedRecorder;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.ArrivalTap;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order of connections, and what becomes of those that are closed or replaced. */
class SocketsTest {

  private static final NetSettings SETTINGS =
      Limits.timeouts(NetSettings.DEFAULT, Duration.ofSeconds(20), Duration.ofMillis(500));

  private final ProbeVendor vendor = new ProbeVendor();
  private final FeedRecorder recorder = new FeedRecorder();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private LiveFeed start() {
    return start(SETTINGS);
  }

  private LiveFeed start(NetSettings settings) {
    LiveFeed feed = new LiveFeed("test", vendor, settings, ArrivalTap.NONE, InstantSource.system());
    open.add(feed);
    feed.start(recorder, recorder);
    return feed;
  }

  private VendorServer serve(VendorServer.Script script) {
    VendorServer server = VendorServer.of(script);
    open.add(server);
    return server;
  }

  private void openAfter(String socket, VendorServer server, int millis) {
    vendor.ask(
        link -> link.open(socket, () -> Address.of(server.uri()), Duration.ofMillis(millis)));
  }

  @Test
  void aClosedSocketIsSilentAndTheVendorIsTold() throws InterruptedException {
    BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
    VendorServer first =
        serve(peer -> {
          peer.upgrade();
          codes.add(peer.readUntilClose());
          peer.text("late");
          peer.sendClose(1000, "bye");
        });
    VendorServer second = serve(peer -> peer.upgrade().idle());
    openAfter("a", first, 0);
    start();
    vendor.await(1);
    vendor.ask(link -> link.close("a"));
    assertEquals(1000, codes.poll(30, TimeUnit.SECONDS));
    openAfter("a", second, 0);
    assertEquals(List.of("opened a", "opened a"), vendor.await(2));
  }

  @Test
  void anOpeningIsGivenUpByAClose() {
    VendorServer server = serve(peer -> peer.upgrade().idle());
    openAfter("a", server, 100);
    vendor.ask(link -> link.close("a"));
    openAfter("b", server, 200);
    start();
    assertEquals(List.of("opened b"), vendor.await(1));
    assertEquals(1, server.peers().size());
  }

  @Test
  void aHandshakeIsGivenUpByAClose() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch cut = new CountDownLatch(1);
    VendorServer slow =
        serve(peer -> {
          peer.readHead();
          asked.countDown();
          peer.readToEnd();
          cut.countDown();
        });
    VendorServer good = serve(peer -> peer.upgrade().idle());
    openAfter("a", slow, 0);
    openAfter("b", good, 0);
    start();
    assertTrue(asked.await(30, TimeUnit.SECONDS));
    vendor.ask(link -> link.close("a"));
    assertTrue(cut.await(30, TimeUnit.SECONDS));
    assertEquals(List.of("opened b"), vendor.await(1));
  }

  /** A vendor that answers no close is cut off; only then does the next connection begin. */
  @Test
  void theFormerConnectionIsGoneBeforeTheNextBegins() throws InterruptedException {
    CountDownLatch firstIsGone = new CountDownLatch(1);
    BlockingQueue<Boolean> wasGone = new LinkedBlockingQueue<>();
    VendorServer first =
        serve(peer -> {
          peer.upgrade();
          peer.readToEnd();
          firstIsGone.countDown();
        });
    VendorServer second =
        serve(peer -> {
          wasGone.add(firstIsGone.await(3, TimeUnit.SECONDS)); // it sees it a little later
          peer.upgrade().idle();
        });
    openAfter("a", first, 0);
    start(Limits.timeouts(SETTINGS, Duration.ofSeconds(20), Duration.ofSeconds(4)));
    vendor.await(1);
    openAfter("a", second, 0);
    openAfter("a", second, 0);
    assertEquals(true, wasGone.poll(30, TimeUnit.SECONDS));
    assertEquals(List.of("opened a", "opened a"), vendor.await(2));
  }

  @Test
  void connectionsAreOpenedOneAtATimeInTheOrderInWhichTheyAreDue() {
    List<String> story = Collections.synchronizedList(new ArrayList<>());
    VendorServer server =
        serve(peer -> {
          String name = peer.readHead().getFirst().replaceAll(".*token=(.).*", "$1");
          story.add("begin " + name);
          TimeUnit.MILLISECONDS.sleep(30); // a second one would begin meanwhile
          story.add("end " + name);
          peer.write("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        });
    List<String> names = List.of("late", "one", "two", "three");
    for (String name : names) {
      String uri = server.uri().toString().replace("top-secret", name.substring(0, 2));
      int delay = name.equals("late") ? 400 : 0;
      vendor.ask(link ->
          link.open(
              name,
              () -> Address.of(URI.create(uri.replace("token=th", "token=3"))),
              Duration.ofMillis(delay)));
    }
    start();
    vendor.await(4);
    assertEquals(
        List.of("begin o", "end o", "begin t", "end t", "begin 3", "end 3", "begin l", "end l"),
        List.copyOf(story));
    assertEquals(
        List.of("one", "two", "three", "late"),
        vendor.arrivals().stream().map(arrival -> ((Arrival.Ended) arrival).socket()).toList());
  }

  /** Each of them finds the inbox full again and again. */
  @Test
  void socketsThatShareAFullInboxLoseNothing() {
    int count = 3000;
    List<String> names = List.of("a", "b", "c");
    VendorServer server =
        serve(peer -> {
          peer.upgrade();
          for (int i = 0; i < count; i++) {
            peer.text("message " + i);
          }
          peer.end();
        });
    names.forEach(name -> openAfter(name, server, 0));
    start(Limits.inbox(SETTINGS, 3, 1 << 20));
    List<String> story = vendor.await(names.size() * (count + 2));
    for (String name : names) {
      List<String> expected = new ArrayList<>(List.of("opened " + name));
      IntStream.range(0, count).forEach(i -> expected.add("text %s message %d".formatted(name, i)));
      expected.add("ended %s Broken[reason=ended by the vendor without a close]".formatted(name));
      assertEquals(
          expected, story.stream().filter(each -> each.split(" ", 3)[1].equals(name)).toList());
    }
  }

  /** Each server sends its own letter without a pause; what arrives is of the newest opening. */
  @Property(tries = 12)
  void framesOfTwoConnectionsNeverMix(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(max = 1) Integer> servers,
      @ForAll @IntRange(min = 1, max = 300) int framesBetween,
      @ForAll @IntRange(min = 1, max = 100) int inbox) {
    ProbeVendor probe = new ProbeVendor();
    try (VendorServer first = VendorServer.of(peer -> flood(peer, "x"));
        VendorServer second = VendorServer.of(peer -> flood(peer, "y"))) {
      List<URI> order = servers.stream().map(each -> (each == 0 ? first : second).uri()).toList();
      replaceInTurn(probe, order, framesBetween, Limits.inbox(SETTINGS, inbox, 1 << 20));
    }
    assertEquals(servers.stream().map(each -> each == 0 ? "x" : "y").toList(), letters(probe));
  }

  /** The letters that arrived on each connection, without repetitions. */
  private static List<String> letters(ProbeVendor probe) {
    List<String> letters = new ArrayList<>();
    for (Arrival arrival : probe.arrivals()) {
      switch (arrival) {
        case Arrival.Opened _ -> letters.add("");
        case Arrival.Frame frame -> {
          String letter = new String(frame.payload(), StandardCharsets.UTF_8).substring(0, 1);
          if (!letters.getLast().endsWith(letter)) {
            letters.set(letters.size() - 1, letters.getLast() + letter);
          }
        }
        default -> throw new AssertionError(arrival);
      }
    }
    return letters;
  }

  private static void flood(VendorServer.Peer peer, String letter) throws IOException {
    peer.upgrade();
    byte[] frame = letter.repeat(2000).getBytes(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().start(() -> answerClose(peer));
    while (true) {
      peer.binary(frame);
    }
  }

  private static void answerClose(VendorServer.Peer peer) {
    try {
      peer.readUntilClose();
      peer.end();
    } catch (IOException _) {
      return; // the client is gone
    }
  }

  /** Opens one after the other, each after so many frames of the one before. */
  private static void replaceInTurn(
      ProbeVendor probe, List<URI> order, int framesBetween, NetSettings settings) {
    Iterator<URI> next = order.iterator();
    AtomicInteger frames = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    probe.react((arrival, link) -> {
      if (!(arrival instanceof Arrival.Frame) || frames.incrementAndGet() != framesBetween) {
        return;
      }
      if (next.hasNext()) {
        frames.set(0);
        Address address = Address.of(next.next());
        link.open("a", () -> address, Duration.ZERO);
      } else {
        link.close("a");
        done.countDown();
      }
    });
    probe.open("a", next.next());
    try (LiveFeed feed =
        new LiveFeed("test", probe, settings, ArrivalTap.NONE, InstantSource.system())) {
      feed.start(new FeedRecorder(), new FeedRecorder());
      assertTrue(done.await(30, TimeUnit.SECONDS), "the last one does not flow");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
