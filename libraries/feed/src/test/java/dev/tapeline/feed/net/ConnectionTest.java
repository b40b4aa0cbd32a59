package dev.tapeline.feed.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.net.VendorServer.ReceivedFrame;
import dev.tapeline.feed.vendor.Arrival;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives from one connection, with a real server at its other end. */
class ConnectionTest {

  private final ProbeVendor vendor = new ProbeVendor();
  private final LiveFixture fixture = new LiveFixture(vendor);

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void messagesOfBothKindsArriveWhole() {
    List<String> story =
        fixture.arrivals(
            6,
            peer -> {
              peer.upgrade();
              peer.text("one €");
              peer.binary(utf8("two"));
              peer.frame(0x01, utf8("th"));
              peer.frame(0x00, utf8(""));
              peer.frame(0x89, utf8("ping between"));
              peer.frame(0x80, utf8("ree"));
              peer.frame(0x82, utf8(""));
              peer.idle();
            });
    assertEquals(
        List.of(
            "opened a", "text a one €", "binary a two", "pinged a", "text a three", "binary a "),
        story);
  }

  @Test
  void aCharacterMayBeDividedBetweenFrames() {
    byte[] euro = utf8("€");
    List<String> story =
        fixture.arrivals(
            2,
            peer -> {
              peer.upgrade();
              peer.frame(0x01, new byte[] {euro[0]});
              peer.frame(0x80, new byte[] {euro[1], euro[2]});
              peer.idle();
            });
    assertEquals(List.of("opened a", "text a €"), story);
  }

  @Test
  void framesThatComeWithTheHandshakeArrive() {
    List<String> story =
        fixture.arrivals(
            3,
            peer -> {
              peer.upgrade();
              peer.raw(VendorServer.Peer.frameOf(0x81, utf8("early")));
              peer.sendClose(1000, "done");
            });
    assertEquals(
        List.of("opened a", "text a early", "ended a Closed[code=1000, reason=done]"), story);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMessageThatIsTooLongEndsTheSocket(boolean fragments) {
    List<String> story =
        fixture.arrivals(
            3,
            peer -> {
              peer.upgrade();
              peer.binary(utf8("x".repeat(1000)));
              if (fragments) {
                peer.frame(0x02, new byte[600]);
                peer.frame(0x80, new byte[401]);
              } else {
                peer.binary(new byte[1001]);
              }
              peer.binary(utf8("never seen"));
              peer.readToEnd();
            });
    assertEquals(
        List.of(
            "opened a",
            "binary a " + "x".repeat(1000),
            "ended a Broken[reason=a message of more than 1000 bytes]"),
        story);
  }

  @Test
  void aFrameThatPretendsToBeHugeEndsTheSocket() {
    List<String> story =
        fixture.arrivals(
            2,
            peer -> {
              peer.upgrade();
              peer.raw(new byte[] {(byte) 0x82, 127, 0x7f, -1, -1, -1, -1, -1, -1, -1});
              byte[] part = new byte[1000];
              while (true) {
                peer.raw(part);
              }
            });
    assertEquals("ended a Broken[reason=a message of more than 1000 bytes]", story.get(1));
  }

  @Test
  void aCloseOfTheVendorArrivesAndIsAnswered() throws InterruptedException {
    BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    List<String> story =
        fixture.arrivals(
            2,
            peer -> {
              peer.upgrade();
              peer.sendClose(1008, "too\nmany messages");
              answers.add(peer.readUntilClose());
            });
    assertEquals("ended a Closed[code=1008, reason=too many messages]", story.get(1));
    assertEquals(1000, answers.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void aResetIsAnEndWithoutACode() {
    vendor.react((arrival, link) -> {
      if (arrival instanceof Arrival.Opened) {
        link.send("a", "subscribe");
      }
    });
    List<String> story =
        fixture.arrivals(
            2,
            peer -> {
              peer.upgrade();
              peer.read();
              peer.reset();
            });
    assertEquals(List.of("opened a", "ended a Broken[reason=reset by the vendor]"), story);
  }

  /** The end follows the last message at once, while the inbox is full. */
  @Test
  void allThatWasSentBeforeAnEndArrives() {
    int count = 5000;
    vendor.react((arrival, _) -> {
      if (arrival instanceof Arrival.Opened) {
        vendor.await(_ -> true);
      }
    });
    vendor.open(
        "a",
        fixture
            .serve(peer -> {
              peer.upgrade();
              for (int i = 0; i < count; i++) {
                peer.text("message " + i);
              }
              peer.end();
            })
            .uri());
    fixture.start(Limits.inbox(LiveFixture.SETTINGS, 10, 1 << 20));
    List<String> story = vendor.await(count + 2);
    List<String> expected = new ArrayList<>(List.of("opened a"));
    IntStream.range(0, count).forEach(i -> expected.add("text a message " + i));
    expected.add("ended a Broken[reason=ended by the vendor without a close]");
    assertEquals(expected, story);
  }

  @Test
  void whatIsAgainstTheProtocolEndsTheSocket() {
    List<String> story =
        fixture.arrivals(
            3,
            peer -> {
              peer.upgrade();
              peer.text("good");
              peer.frame(0x83, utf8("no such opcode"));
              peer.readToEnd();
            });
    assertEquals("text a good", story.get(1));
    assertTrue(
        story.get(2).startsWith("ended a Broken[reason=against the WebSocket protocol"),
        story.get(2));
  }

  @Test
  void aTextThatIsNotUtf8EndsTheSocket() {
    List<String> story =
        fixture.arrivals(
            3,
            peer -> {
              peer.upgrade();
              peer.text("good");
              peer.frame(0x81, new byte[] {'a', (byte) 0xe2, (byte) 0x82});
              peer.readToEnd();
            });
    assertEquals(
        List.of(
            "opened a",
            "text a good",
            "ended a Broken[reason=against the WebSocket protocol: a text that is not UTF-8]"),
        story);
  }

  @Test
  void aPingIsAnsweredWithItsPayload() throws InterruptedException {
    BlockingQueue<ReceivedFrame> pongs = new LinkedBlockingQueue<>();
    List<String> story =
        fixture.arrivals(
            2,
            peer -> {
              peer.upgrade();
              peer.frame(0x89, utf8("1700000000"));
              pongs.add(peer.read());
              peer.idle();
            });
    ReceivedFrame pong = pongs.poll(30, TimeUnit.SECONDS);
    assertEquals(List.of("opened a", "pinged a"), story);
    assertEquals(10, pong.opcode());
    assertEquals("1700000000", pong.text());
  }

  @Test
  void textsAreSentInOrderOnceTheSocketIsOpen() throws InterruptedException {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    VendorServer server =
        fixture.serve(peer -> {
          peer.upgrade();
          while (true) {
            received.add(peer.read().text());
          }
        });
    vendor.ask(link -> link.send("a", "before it was asked for"));
    vendor.open("a", server.uri());
    vendor.ask(link -> link.send("a", "before it is open"));
    vendor.react((arrival, link) -> {
      if (arrival instanceof Arrival.Opened) {
        IntStream.range(0, 500).forEach(i -> link.send("a", "text " + i));
      }
    });
    fixture.start(LiveFixture.SETTINGS);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      texts.add(received.poll(30, TimeUnit.SECONDS));
    }
    assertEquals(IntStream.range(0, 500).mapToObj(i -> "text " + i).toList(), texts);
  }

  /** The length of a frame is written in 1, 3 or 9 bytes. */
  @Test
  void textsOfEachKindOfLengthArriveWhole() throws InterruptedException {
    List<Integer> lengths = List.of(0, 125, 126, 65_535, 65_536);
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    vendor.react((arrival, link) -> {
      if (arrival instanceof Arrival.Opened) {
        lengths.forEach(length -> link.send("a", "y".repeat(length)));
      }
    });
    fixture.arrivals(
        1,
        peer -> {
          peer.upgrade();
          while (true) {
            received.add(peer.read().text());
          }
        });
    for (int length : lengths) {
      assertEquals("y".repeat(length), received.poll(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void aVendorThatDoesNotReadLosesItsSocket() {
    VendorServer server = fixture.serve(peer -> peer.upgrade().idle());
    String text = "x".repeat(10_000);
    vendor.react((arrival, link) -> {
      if (arrival instanceof Arrival.Opened) {
        IntStream.range(0, 3000).forEach(_ -> link.send("a", text));
      }
    });
    vendor.open("a", server.uri());
    fixture.start(LiveFixture.SETTINGS);
    assertEquals(
        List.of("opened a", "ended a Broken[reason=the vendor does not read what is sent]"),
        vendor.await(2));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFullInboxHoldsTheVendorBackAndLosesNothing(boolean fragments) throws Exception {
    int count = 20_000;
    String text = "x".repeat(900);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger sent = new AtomicInteger();
    vendor.react((arrival, _) -> {
      if (arrival instanceof Arrival.Opened) {
        awaitQuietly(goOn);
      }
    });
    vendor.open(
        "a",
        fixture
            .serve(peer -> {
              peer.upgrade();
              for (int i = 0; i < count; i++) {
                if (fragments) {
                  peer.frame(0x01, utf8(String.valueOf(i)));
                  peer.frame(0x80, utf8(text));
                } else {
                  peer.text(i + text);
                }
                sent.set(i + 1);
              }
              peer.idle();
            })
            .uri());
    LiveFeed feed = fixture.start(Limits.inbox(LiveFixture.SETTINGS, 1000, 20_000));
    vendor.await(1);
    while (feed.figures().waits() == 0) {
      Thread.onSpinWait();
    }
    int most = feed.figures().mostWaiting();
    assertTrue(most <= 25, () -> most + " wait");
    assertFalse(sent.get() == count, "all was sent to one that does not read");
    goOn.countDown();
    List<String> story = vendor.await(count + 1);
    assertEquals(
        IntStream.range(0, count).mapToObj(i -> "text a " + i + text).toList(),
        story.subList(1, count + 1));
    assertEquals(count, feed.figures().frames());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
