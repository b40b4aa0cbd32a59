package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.redis.RealRedis;
import dev.tapeline.server.runtime.LiveServer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** npm's {@code eventsource} on durable channels whose logs are in a real Redis. */
@Timeout(240)
class EventSourceTest {

  private static final String CHANNEL = "trade@TATA_INR";
  private static final String QUERY = "channels=" + CHANNEL;

  private RealRedis redis;
  private LiveServer server;
  private NodeClient client;
  private int published;

  @BeforeEach
  void start() {
    redis = RealRedis.running();
    server = LiveServer.start(redis.setting());
    client = NodeClient.start("event-source", server.url("/sse"));
    client.send("subscribe", QUERY);
    client.await("subscribed");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    redis.close();
  }

  /** Publishes the next ones; each says its number. */
  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      server.publish(CHANNEL, "{\"n\":%d}".formatted(++published));
    }
  }

  private void awaitAll() {
    JsonNode newest = client.await("data");
    while (newest.path("seq").asInt() < published) {
      newest = client.await("data");
    }
  }

  private List<Long> numbers() {
    return client.all("data").stream().map(EventSourceTest::number).toList();
  }

  private static long number(JsonNode message) {
    assertEquals(message.path("seq"), message.path("data").path("n"), message::toString);
    return message.path("seq").asLong();
  }

  private List<Long> all() {
    return LongStream.rangeClosed(1, published).boxed().toList();
  }

  private void assertRecovered(JsonNode subscribed) {
    assertTrue(
        subscribed.path("channels").path(0).path("recovered").asBoolean(), subscribed::toString);
  }

  @Test
  void subscribesReceivesAndEnds() {
    publish(3);
    awaitAll();
    assertEquals(all(), numbers());
    server.awaitMetric("tapeline_subscriptions", 1);
    client.send("unsubscribe", "");
    server.awaitMetric("tapeline_subscriptions", 0);
  }

  @Test
  void resumesByItselfAfterItsConnectionBreaks() {
    publish(3);
    awaitAll();
    client.send("cut", "");
    client.await("error");
    publish(20);
    client.send("mend", "");
    assertRecovered(client.await("subscribed"));
    publish(3);
    awaitAll();
    assertEquals(all(), numbers());
  }

  @Test
  void resumesByItselfAfterARestart() {
    publish(3);
    awaitAll();
    server.restart();
    publish(20);
    assertRecovered(client.await("subscribed"));
    publish(3);
    awaitAll();
    assertEquals(all(), numbers());
  }

  /** What it had of a write that broke comes again, and has the numbers that it had. */
  @Test
  void missesNothingWhereverItsConnectionBreaks() {
    for (int bytes = 500; bytes < 1_500; bytes += 150) {
      client.send("cut", "");
      client.await("error");
      publish(20);
      client.send("cutAfter", "" + bytes); // within what it has missed
      client.send("mend", "");
      assertRecovered(client.await("subscribed"));
      assertRecovered(client.await("subscribed"));
      awaitAll();
    }
    List<Long> distinct = numbers().stream().distinct().toList();
    assertEquals(all(), distinct);
    assertTrue(numbers().size() > distinct.size(), "no write was broken");
  }
}
