package dev.tapeline.feed.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedRecorder;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.RestCall.Budget;
import dev.tapeline.feed.vendor.RestCall.Cost;
import dev.tapeline.feed.vendor.VendorCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls to a real HTTP server. */
class CallsTest {

  private static final Budget WIDE = new Budget("wide", 1000, Duration.ofSeconds(1));
  private static final Budget NARROW = new Budget("narrow", 1, Duration.ofMillis(200));
  private static final Budget SLOW = new Budget("slow", 1, Duration.ofHours(1));
  private static final NetSettings SETTINGS = Limits.sizes(NetSettings.DEFAULT, 1000, 5000);

  private final ProbeVendor vendor = new ProbeVendor(WIDE, NARROW, SLOW);
  private final FeedRecorder recorder = new FeedRecorder();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private LiveFeed feed;

  /** Answers a request. */
  private interface Handler {

    void handle(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
    server.setExecutor(threads);
    server.start();
    feed = new LiveFeed("test", vendor, SETTINGS, ArrivalTap.NONE, InstantSource.system());
    feed.start(recorder, recorder);
  }

  @AfterEach
  void stop() {
    feed.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(String path, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private void serve(String path, int status, String body) {
    serve(path, exchange -> answer(exchange, status, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private Address at(String path) {
    return Address.of(
        URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path)));
  }

  private RestCall get(String name, String path, String budget) {
    return RestCall.get(name, () -> at(path), budget);
  }

  private void call(RestCall... calls) {
    vendor.ask(link -> Arrays.stream(calls).forEach(link::call));
  }

  @ParameterizedTest
  @CsvSource({
    "200, '{\"data\":[]}'",
    "200, <html>maintenance</html>",
    "204, ''",
    "400, bad request",
    "401, no token",
    "429, too many",
    "500, oops",
    "503, ''"
  })
  void anAnswerOfAnyStatusArrives(int status, String body) {
    serve("/", status, body);
    call(get("chain", "/", "wide"));
    assertEquals(List.of("answer chain %d %s".formatted(status, body)), vendor.await(1));
  }

  @Test
  void aRedirectArrivesAsItIs() {
    serve(
        "/old",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/new");
          answer(exchange, 302, new byte[0]);
        });
    serve("/new", 200, "never asked");
    call(get("chain", "/old", "wide"));
    assertEquals(List.of("answer chain 302 "), vendor.await(1));
    assertEquals(List.of("GET /old"), requests);
  }

  @Test
  void aPostHasItsBodyAndItsHeaders() {
    serve(
        "/quotes",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String said =
              List.of("Content-Type", "access-token").stream()
                  .map(name -> exchange.getRequestHeaders().getFirst(name))
                  .toList()
                  .toString();
          answer(exchange, 200, (said + body).getBytes(StandardCharsets.UTF_8));
        });
    Address address = new Address(at("/quotes?v=2").uri(), Map.of("access-token", "secret"));
    call(RestCall.post("quotes", () -> address, "{\"NSE\":[1]}", "wide"));
    assertEquals(
        List.of("answer quotes 200 [application/json, secret]{\"NSE\":[1]}"), vendor.await(1));
    assertEquals(List.of("POST /quotes?v=2"), requests);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private void servePacked(byte[] packed) {
    serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          answer(exchange, 200, packed);
        });
  }

  @Test
  void aPackedAnswerIsUnpacked() throws IOException {
    servePacked(gzip("x".repeat(4000).getBytes(StandardCharsets.UTF_8)));
    call(get("chain", "/", "wide"));
    assertEquals(List.of("answer chain 200 " + "x".repeat(4000)), vendor.await(1));
  }

  @Test
  void halfAPackedAnswerIsNone() throws IOException {
    byte[] packed = gzip("the whole chain".repeat(50).getBytes(StandardCharsets.UTF_8));
    servePacked(Arrays.copyOf(packed, packed.length / 2));
    call(get("chain", "/", "wide"));
    assertEquals(
        List.of(
            "unanswered chain: an answer that can't be unpacked: "
                + "Unexpected end of ZLIB input stream"),
        vendor.await(1));
  }

  @Test
  void anAnswerThatUnpacksToTooMuchIsNone() throws IOException {
    servePacked(gzip(new byte[5001]));
    call(get("chain", "/", "wide"));
    assertEquals(List.of("unanswered chain: an answer of more than 5000 bytes"), vendor.await(1));
  }

  @Test
  void anAnswerThatIsTooLongIsNone() {
    serve("/", 200, "x".repeat(5001));
    call(get("chain", "/", "wide"));
    assertEquals(List.of("unanswered chain: an answer of too many bytes"), vendor.await(1));
  }

  private RestCall impatient(String path) {
    return new RestCall(
        "chain", "GET", () -> at(path), null, List.of(new Cost("wide", 1)), Duration.ofMillis(300));
  }

  @Test
  void aServerThatIsSlowToAnswerIsGivenUp() {
    serve("/", exchange -> exchange.getRequestBody().transferTo(blocking()));
    call(impatient("/"));
    assertEquals(List.of("unanswered chain: no answer within 300 ms"), vendor.await(1));
  }

  @Test
  void aServerThatStopsWithinItsAnswerIsGivenUp() {
    serve(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write("half".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          exchange.getRequestBody().transferTo(blocking());
        });
    call(impatient("/"));
    assertEquals(List.of("unanswered chain: no answer within 300 ms"), vendor.await(1));
  }

  /** Something that blocks the server's thread until it is stopped. */
  private static OutputStream blocking() throws IOException {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("the server stops");
  }

  @Test
  void aServerThatBreaksOffIsSaid() {
    try (VendorServer broken =
        VendorServer.of(peer -> {
          peer.readHead();
          peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
          peer.end();
        })) {
      URI uri = URI.create("http://127.0.0.1:%d/?token=hush-hush".formatted(broken.port()));
      call(RestCall.get("chain", () -> Address.of(uri), "wide"));
      String said = vendor.await(1).getFirst();
      assertTrue(said.startsWith("unanswered chain: "), said);
      assertTrue(!said.contains("hush"), said);
    }
  }

  @Test
  void aMissingTokenIsSaid() {
    call(
        RestCall.get(
            "chain",
            () -> {
              throw new FeedException("the file token can't be read");
            },
            "wide"));
    assertEquals(
        List.of("unanswered chain: no address: the file token can't be read"), vendor.await(1));
  }

  @Test
  void callsOfABudgetKeepTheirOrderAndOthersPass() {
    serve("/", 200, "");
    call(
        get("first", "/1", "narrow"),
        get("second", "/2", "narrow"),
        get("third", "/3", "narrow"),
        get("other", "/4", "wide"));
    vendor.await(4);
    List<String> seen = new ArrayList<>(requests);
    assertTrue(seen.indexOf("GET /4") < seen.indexOf("GET /2"), seen.toString());
    seen.remove("GET /4");
    assertEquals(List.of("GET /1", "GET /2", "GET /3"), seen);
  }

  @Test
  void aCallThatWaitsIsReplacedByItsName() {
    serve("/", 200, "");
    call(
        get("first", "/1", "narrow"),
        get("second", "/old", "narrow"),
        get("second", "/new", "narrow"));
    assertEquals(List.of("answer first 200 ", "answer second 200 "), vendor.await(2));
    assertEquals(List.of("GET /1", "GET /new"), requests);
  }

  @Test
  void callsBeyondTheLimitAreLeftUnanswered() {
    serve("/", 200, "");
    vendor.ask(link -> link.rest("slow", Duration.ofHours(1)));
    for (int i = 0; i < 1001; i++) {
      call(get("call " + i, "/", "slow"));
    }
    assertEquals(List.of("unanswered call 1000: too many calls wait"), vendor.await(1));
    assertEquals(1000, feed.figures().waitingCalls());
  }

  @Test
  void aBudgetRestsAsItIsTold() {
    serve("/", 200, "");
    vendor.ask(link -> link.rest("wide", Duration.ofHours(1)));
    call(get("resting", "/1", "wide"), get("other", "/2", "narrow"));
    assertEquals(List.of("answer other 200 "), vendor.await(1));
    assertEquals(1, feed.figures().waitingCalls());
  }

  @Test
  void aCallWithoutABudgetIsLeftUnanswered() {
    call(get("chain", "/", "gold"));
    assertEquals(List.of("unanswered chain: there is no budget gold"), vendor.await(1));
  }

  @Test
  void moreCallsThanMayBeUnderWayAreAllAnswered() {
    serve("/", 200, "x".repeat(3000));
    for (int i = 0; i < 100; i++) {
      call(get("call " + i, "/" + i, "wide"));
    }
    vendor.await(100);
    assertEquals(
        IntStream.range(0, 100)
            .mapToObj(i -> "answer call %d 200 %s".formatted(i, "x".repeat(3000)))
            .sorted()
            .toList(),
        vendor.story().stream().sorted().toList());
  }

  @Test
  void askedCallsAreAnsweredToTheAskerAlone() throws Exception {
    serve("/asked", 200, "for one");
    serve("/told", 200, "for the session");
    VendorCalls.Reply reply = feed.ask(get("a", "/asked", "wide")).get(20, TimeUnit.SECONDS);
    assertEquals("for one", new String(reply.body(), StandardCharsets.UTF_8));
    call(get("b", "/told", "wide"));
    assertEquals(List.of("answer b 200 for the session"), vendor.await(1));
  }

  @Test
  void askedCallsShareTheBudgets() throws Exception {
    serve("/x", 200, "x");
    feed.ask(get("a", "/x", "slow")).get(20, TimeUnit.SECONDS);
    CompletableFuture<VendorCalls.Reply> second = feed.ask(get("b", "/x", "slow"));
    CompletableFuture<VendorCalls.Reply> wide = feed.ask(get("c", "/x", "wide"));
    wide.get(20, TimeUnit.SECONDS);
    assertFalse(second.isDone());
    assertEquals(1, feed.figures().waitingCalls());
    second.cancel(false);
    assertEquals(0, feed.figures().waitingCalls(), "a call that is given up leaves the queue");
    assertEquals(2, requests.size());
  }

  @Test
  void askedCallsEndWithTheFeed() {
    serve("/x", exchange -> LockSupport.parkNanos(Duration.ofSeconds(30).toNanos()));
    CompletableFuture<VendorCalls.Reply> underWay = feed.ask(get("a", "/x", "wide"));
    feed.close();
    assertThrows(ExecutionException.class, () -> underWay.get(20, TimeUnit.SECONDS));
    assertThrows(
        ExecutionException.class, () -> feed.ask(get("b", "/x", "wide")).get(20, TimeUnit.SECONDS));
  }
}
