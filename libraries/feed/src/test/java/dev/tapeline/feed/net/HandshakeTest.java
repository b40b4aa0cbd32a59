package dev.tapeline.feed.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.vendor.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections begin, or do not. */
class HandshakeTest {

  private final ProbeVendor vendor = new ProbeVendor();
  private final LiveFixture fixture = new LiveFixture(vendor);

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void aRefusedHandshakeHasItsStatus(int status) {
    List<String> story =
        fixture.arrivals(
            1, peer -> peer.refuse(status, "Retry-After: 60\r\n", "client id\r\n is blocked"));
    String expected = "ended a Refused[status=%1$d, reason=client id is blocked]";
    assertEquals(List.of(expected.formatted(status)), story);
  }

  @Test
  void aResetInPlaceOfAnAnswerIsNone() {
    List<String> story =
        fixture.arrivals(
            1,
            peer -> {
              peer.readHead();
              peer.reset();
            });
    assertEquals(List.of("ended a Broken[reason=closed by the vendor without an answer]"), story);
  }

  @Test
  void aRedirectIsNotFollowed() {
    VendorServer other = fixture.serve(VendorServer.Peer::upgrade);
    List<String> story =
        fixture.arrivals(
            1, peer -> peer.refuse(302, "Location: %s\r\n".formatted(other.uri()), ""));
    assertEquals(List.of("ended a Refused[status=302, reason=]"), story);
    assertEquals(List.of(), other.peers());
  }

  @Test
  void anAnswerThatIsNoUpgradeIsNotOne() {
    List<String> story =
        fixture.arrivals(
            1,
            peer -> {
              peer.readHead();
              peer.write(
                  "HTTP/1.1 101 Hm\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Accept: guess\r\n\r\n");
              peer.readToEnd();
            });
    assertEquals(
        List.of("ended a Broken[reason=it does not upgrade to a WebSocket as it should]"), story);
  }

  @Test
  void aServerThatHangsUpInTheHandshakeIsAnEnd() {
    List<String> story =
        fixture.arrivals(
            1,
            peer -> {
              peer.readHead();
              peer.end();
            });
    assertEquals(List.of("ended a Broken[reason=closed by the vendor without an answer]"), story);
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() {
    vendor.open("a", fixture.serve(VendorServer.Peer::idle).uri());
    fixture.start(
        Limits.timeouts(LiveFixture.SETTINGS, Duration.ofMillis(300), Duration.ofSeconds(1)));
    assertEquals(List.of("ended a Broken[reason=no answer within 300 ms]"), vendor.await(1));
  }

  @Test
  void anUnknownHostIsNamed() {
    vendor.open("a", URI.create("ws://feed.invalid/?token=top-secret-token"));
    fixture.start(LiveFixture.SETTINGS);
    assertEquals(List.of("ended a Broken[reason=feed.invalid is unknown]"), vendor.await(1));
  }

  @Test
  void aClosedPortIsSaid() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    vendor.open("a", URI.create("ws://127.0.0.1:%d/".formatted(port)));
    fixture.start(LiveFixture.SETTINGS);
    assertEquals(
        List.of("ended a Broken[reason=127.0.0.1 refuses the connection]"), vendor.await(1));
  }

  @Test
  void anAddressThatIsWrongDoesNotShowItsSecrets() {
    vendor.open("a", URI.create("https://127.0.0.1/?token=top-secret-token"));
    fixture.start(LiveFixture.SETTINGS);
    assertEquals(
        List.of("ended a Broken[reason=the address of 127.0.0.1 is not valid]"), vendor.await(1));
  }

  @Test
  void aRefusalThatEchoesTheTokenDoesNotShowIt() {
    List<String> story =
        fixture.arrivals(1, peer -> peer.refuse(401, "", "token top-secret-token is over"));
    assertEquals(List.of("ended a Refused[status=401, reason=token *** is over]"), story);
  }

  @Test
  void anAddressThatNeedsAMissingTokenIsAnEnd() {
    vendor.ask(link ->
        link.open(
            "a",
            () -> {
              throw new FeedException("the file token can't be read");
            },
            Duration.ZERO));
    fixture.start(LiveFixture.SETTINGS);
    assertEquals(
        List.of("ended a Broken[reason=no address: the file token can't be read]"),
        vendor.await(1));
  }

  @Test
  void anAddressThatCannotBeMadeDoesNotShowItsSecrets() {
    vendor.ask(link ->
        link.open(
            "a", () -> Address.of(URI.create("ws://127.0.0.1/?token=top secret")), Duration.ZERO));
    fixture.start(LiveFixture.SETTINGS);
    assertEquals(
        List.of("ended a Broken[reason=no address: IllegalArgumentException]"), vendor.await(1));
  }

  @Test
  void headersAndQueryReachTheVendor() throws InterruptedException {
    BlockingQueue<List<String>> heads = new LinkedBlockingQueue<>();
    VendorServer server = fixture.serve(peer -> heads.add(List.copyOf(peer.readHead())));
    Address address = new Address(server.uri(), Map.of("X-Client", "me"));
    vendor.ask(link -> link.open("a", () -> address, Duration.ZERO));
    fixture.start(LiveFixture.SETTINGS);
    List<String> head = heads.poll(30, TimeUnit.SECONDS);
    assertEquals("GET /feed?token=top-secret-token HTTP/1.1", head.getFirst());
    assertTrue(head.stream().anyMatch("X-Client: me"::equalsIgnoreCase), head.toString());
  }

  @Test
  void noExtensionIsOfferedAndNoOriginIsSaid() throws InterruptedException {
    BlockingQueue<String> headers = new LinkedBlockingQueue<>();
    fixture.arrivals(
        1,
        peer -> {
          peer.upgrade();
          headers.add(peer.header("Sec-WebSocket-Extensions") + peer.header("Origin"));
          peer.idle();
        });
    assertEquals("", headers.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void anExtensionThatWasNotOfferedIsNotAccepted() {
    List<String> story =
        fixture.arrivals(
            1,
            peer -> {
              peer.upgrade("Sec-WebSocket-Extensions: permessage-deflate\r\n");
              peer.readToEnd();
            });
    assertEquals(
        List.of("ended a Broken[reason=it does not upgrade to a WebSocket as it should]"), story);
  }

  /** The status is known before the text, which may never come. */
  @Test
  void aRefusalThatBreaksOffHasItsStatus() {
    List<String> story =
        fixture.arrivals(
            1,
            peer -> {
              peer.readHead();
              peer.write("HTTP/1.1 403 No\r\nContent-Length: 100\r\n\r\nblocked");
              peer.end();
            });
    assertEquals(List.of("ended a Refused[status=403, reason=blocked]"), story);
  }

  @Test
  void aRefusalWithoutALengthIsNotAwaited() {
    List<String> story =
        fixture.arrivals(
            1,
            peer -> {
              peer.readHead();
              peer.write("HTTP/1.1 429 No\r\n\r\n");
              peer.idle();
            });
    assertEquals(List.of("ended a Refused[status=429, reason=]"), story);
  }
}
