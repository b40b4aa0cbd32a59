package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.gateway.listen.accept.ConnectPace;
import dev.tapeline.gateway.listen.accept.ConnectPace.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A rush of clients: those beyond the rate are told when to come back, and are let in then. */
class StormTest {

  private static final int CLIENTS = 2_000;
  private static final int RATE = 250;
  private static final int BURST = 2 * RATE;

  private final AtomicInteger told = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  @Test
  void allComeInAtTheRateAndThoseInsideNoticeNothing() throws Exception {
    try (TestGateway gateway =
            new TestGateway(config ->
                config.connections(it ->
                    it.withRate(RATE).withRatePerAddress(10_000).withMaxPerAddress(2 * CLIENTS)));
        TestClient inside = gateway.client("/ws");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      inside.subscribe("\"a\"");
      long begun = System.nanoTime();
      List<Future<RawClient>> clients = new ArrayList<>();
      Callable<RawClient> untilIn = () -> untilAdmitted(gateway.port);
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(untilIn));
      }
      int published = 0;
      while (gateway.gateway.clients() <= CLIENTS) {
        gateway.publish("a", "" + ++published);
        inside.awaitFrom(published, m -> m.path("type").asString("").equals("data"));
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      assertTrue(CLIENTS <= BURST + RATE * seconds, CLIENTS + " in " + seconds + " s");
      assertEquals(
          LongStream.rangeClosed(1, published).boxed().toList(),
          inside.ofType("data").stream().map(m -> m.path("seq").asLong()).toList());
      assertTrue(told.get() > 0);
      assertEquals(told.get(), gateway.metricOf("tapeline.connections.postponed", "how", "word"));
      assertEquals(
          refused.get(), gateway.metricOf("tapeline.connections.postponed", "how", "http"));
      assertEquals(told.get(), gateway.metricOf("tapeline.connections.closed", "code", "4003"));
      for (Future<RawClient> client : clients) {
        client.get(10, TimeUnit.SECONDS).close();
      }
      gateway.awaitClients(1);
    }
  }

  /** Comes back as often and as late as it is told to. */
  private RawClient untilAdmitted(int port) throws InterruptedException {
    while (true) {
      RawClient client = new RawClient(port, 0);
      client.write(RawClient.upgrade("/ws", ""));
      long wait = waitAsked(client);
      if (wait == 0) {
        return client;
      }
      client.close();
      Thread.sleep(wait);
    }
  }

  private long waitAsked(RawClient client) {
    String head = client.readHead();
    if (head.startsWith("HTTP/1.1 503")) {
      refused.incrementAndGet();
      return 1000 * Long.parseLong(head.replaceAll("(?s).*Retry-After: (\\d+).*", "$1"));
    }
    client.send("{\"action\":\"ping\"}");
    JsonNode answer = TestClient.JSON.readTree(client.read());
    if (answer.path("type").asString().equals("pong")) {
      return 0;
    }
    assertEquals("reconnect", answer.path("type").asString());
    assertEquals("close 4003", client.read());
    told.incrementAndGet();
    return answer.path("afterMs").asLong();
  }

  @Test
  void streamsOfEventsAreToldByTheirRetry() {
    try (TestGateway gateway =
        new TestGateway(config -> config.connections(it -> it.withRate(1)))) {
      List<EventClient> clients = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        clients.add(new EventClient(gateway.port, "/sse?channels=a"));
      }
      EventClient last = clients.getLast();
      TestGateway.awaitTrue(last::hasEnded);
      assertEquals(200, last.status());
      assertTrue(Long.parseLong(last.retry()) > 0, last.retry());
      assertEquals(List.of(), last.events());
      clients.getFirst().awaitType("subscribed");
      clients.forEach(EventClient::close);
    }
  }

  @Test
  void turnsAreOneBehindTheOtherAndNoneIsLate() {
    ConnectPace pace = new ConnectPace(10, 0);
    for (int i = 0; i < 20; i++) {
      assertEquals(new Verdict.Admitted(), pace.next(0));
    }
    for (int i = 1; i <= 40; i++) {
      assertEquals(new Verdict.ComeLater(100L * i), pace.next(0));
    }
    assertEquals(new Verdict.Refused(5), pace.next(0));
    long second = TimeUnit.SECONDS.toNanos(1);
    for (int i = 1; i <= 10; i++) {
      assertEquals(new Verdict.Admitted(), pace.next(second));
    }
    assertEquals(new Verdict.ComeLater(3_200), pace.next(second));
  }

  @Test
  void turnsBeyondAMinuteAreSpreadOverHalfOfOne() {
    ConnectPace pace = new ConnectPace(1, 0);
    for (int i = 0; i < 1000; i++) {
      switch (pace.next(0)) {
        case Verdict.Admitted _ -> assertTrue(i < 2);
        case Verdict.ComeLater(long millis) -> assertEquals(1000L * (i - 1), millis);
        case Verdict.Refused(int seconds) ->
            assertTrue(seconds <= 60 && seconds >= 5, "" + seconds);
      }
    }
  }

  @Test
  void addressThatOpensTooFastIsToldSo() {
    try (TestGateway gateway =
            new TestGateway(config -> config.connections(it -> it.withRatePerAddress(1)));
        TestClient one = gateway.client("/ws");
        TestClient two = gateway.client("/ws");
        RawClient three = new RawClient(gateway.port, 0)) {
      three.write(RawClient.upgrade("/ws", ""));
      String head = three.readHead();
      assertTrue(head.startsWith("HTTP/1.1 429") && head.contains("Retry-After: 1"), head);
      assertTrue(gateway.metricOf("tapeline.connections.postponed", "how", "address") >= 1);
      one.subscribe("\"a\"");
      two.subscribe("\"a\"");
    }
  }

  @Test
  void trustedProxiesMayOpenAsFastAsTheyLike() {
    try (TestGateway gateway =
        new TestGateway(config ->
            config
                .connections(it -> it.withRatePerAddress(1))
                .http(it -> it.withTrustedProxies(List.of("127.0.0.1"))))) {
      for (int i = 0; i < 50; i++) {
        try (RawClient client = new RawClient(gateway.port, 0)) {
          client.write(RawClient.upgrade("/ws", "X-Forwarded-For: 10.0.0." + i + "\r\n"));
          assertTrue(client.readHead().startsWith("HTTP/1.1 101"));
        }
      }
      try (RawClient client = new RawClient(gateway.port, 0)) {
        client.write(RawClient.upgrade("/ws", "X-Forwarded-For: 10.1.0.0\r\n"));
        assertTrue(client.readHead().startsWith("HTTP/1.1 101"));
      }
    }
  }
}
