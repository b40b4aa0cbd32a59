package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.redis.RealRedis;
import dev.tapeline.server.compose.LiveServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** npm's {@code eventsource} on durable channels whose logs are in a real Redis. */
@ExtendWith(WithNode.class)
@Timeout(240)
class EventSourceTest {

  private static final String CHANNEL = "trade@TATA_INR";

  private final List<NodeClient> clients = new ArrayList<>();
  private RealRedis redis;
  private LiveServer server;
  private int published;

  @BeforeEach
  void start() {
    redis = RealRedis.running();
    server = LiveServer.start(redis.setting());
  }

  @AfterEach
  void stop() {
    clients.forEach(NodeClient::close);
    server.close();
    redis.close();
  }

  /** Starts a number of clients at the same time. */
  private void listen(int count) {
    for (int i = 0; i < count; i++) {
      clients.add(NodeClient.start("event-source", server.url("/sse")));
    }
    clients.forEach(client -> client.send("subscribe", "channels=" + CHANNEL));
    clients.forEach(client -> client.await("subscribed"));
    clients.forEach(client -> client.await("position"));
  }

  private NodeClient listen() {
    listen(1);
    return clients.getFirst();
  }

  /** Publishes the next messages; each holds its number. */
  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      server.publish(CHANNEL, "{\"n\":%d}".formatted(++published));
    }
  }

  private void awaitAll(NodeClient client) {
    JsonNode newest = client.await("data");
    while (newest.path("seq").asInt() < published) {
      newest = client.await("data");
    }
  }

  private static void awaitRecovered(NodeClient client) {
    JsonNode subscribed = client.await("subscribed");
    assertTrue(subscribed.at("/channels/0/recovered").asBoolean(), subscribed::toString);
  }

  private static List<Long> numbers(NodeClient client) {
    return client.all("data").stream().map(EventSourceTest::number).toList();
  }

  private static long number(JsonNode message) {
    assertEquals(message.path("seq"), message.path("data").path("n"), message::toString);
    return message.path("seq").asLong();
  }

  private List<Long> all() {
    return LongStream.rangeClosed(1, published).boxed().toList();
  }

  @Test
  void subscribesReceivesAndEnds() {
    NodeClient client = listen();
    publish(3);
    awaitAll(client);
    assertEquals(all(), numbers(client));
    server.awaitMetric("tapeline_subscriptions", 1);
    client.send("unsubscribe", "");
    server.awaitMetric("tapeline_subscriptions", 0);
  }

  @Test
  void resumesByItselfAfterItsConnectionBreaks() {
    NodeClient client = listen();
    publish(3);
    awaitAll(client);
    client.send("cut", "");
    client.await("error");
    publish(20);
    client.send("mend", "");
    awaitRecovered(client);
    publish(3);
    awaitAll(client);
    assertEquals(all(), numbers(client));
  }

  @Test
  void resumesByItselfAfterARestart() {
    NodeClient client = listen();
    publish(3);
    awaitAll(client);
    server.restart();
    publish(20);
    awaitRecovered(client);
    publish(3);
    awaitAll(client);
    assertEquals(all(), numbers(client));
  }

  /** As at SIGTERM, the client is told to come back when the server has stopped, and not before. */
  @Test
  void resumesByItselfAfterADrain() {
    NodeClient client = listen();
    publish(3);
    awaitAll(client);
    server.drainAndRestart(Duration.ofSeconds(2));
    publish(20);
    awaitRecovered(client);
    publish(3);
    awaitAll(client);
    assertEquals(all(), numbers(client));
  }

  /** Messages of a broken write come again with the same numbers. */
  @Test
  void missesNothingWhereverItsConnectionBreaks() {
    listen(7);
    each(client -> client.send("cut", ""));
    each(client -> client.await("error"));
    publish(20);
    IntStream.range(0, clients.size()).forEach(i -> mendFor(500 + 150 * i, clients.get(i)));
    each(EventSourceTest::awaitRecovered);
    each(EventSourceTest::awaitRecovered);
    each(this::awaitAll);
    each(client -> assertEquals(all(), numbers(client).stream().distinct().toList()));
    assertTrue(
        clients.stream().anyMatch(client -> numbers(client).size() > published),
        "no write was broken");
  }

  /** Repairs a line, but only until some bytes of the missed messages have come. */
  private static void mendFor(int bytes, NodeClient client) {
    client.send("cutAfter", "" + bytes);
    client.send("mend", "");
  }

  private void each(Consumer<NodeClient> action) {
    clients.forEach(action);
  }
}
