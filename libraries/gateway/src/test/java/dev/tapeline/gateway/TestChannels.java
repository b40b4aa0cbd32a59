package dev.tapeline.gateway;

import dev.tapeline.core.DurableRules;
import dev.tapeline.core.LogBounds;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedBus;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * Buses with durable channels, publications on them that say their number, and what clients have of
 * them.
 */
final class TestChannels {

  private TestChannels() {}

  /** A log of that many publications for each channel that matches. */
  static DurableRules.Rule rule(String pattern, int length) {
    return new DurableRules.Rule(
        Selector.parse(pattern),
        new LogBounds(length, Duration.ofHours(1), 16 << 20),
        DurableRules.Plain.ADOPT);
  }

  static EmbeddedBus bus(int channels, DurableRules.Rule... rules) {
    return new EmbeddedBus(channels, new DurableRules(List.of(rules)), System::currentTimeMillis);
  }

  static void publish(TestGateway gateway, String channel, int from, int to) {
    gateway.bus.publish(
        IntStream.rangeClosed(from, to)
            .mapToObj(n -> Publication.of(channel, payload(n)))
            .toList());
  }

  static String payload(int n) {
    return "{\"n\":%d,\"filler\":\"%s\"}".formatted(n, "x".repeat(100));
  }

  static List<Long> upTo(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  /** What a client asks for that comes back with this position. */
  static String recover(String channel, String epoch, long seq) {
    return "{\"channel\":\"%s\",\"recover\":{\"epoch\":\"%s\",\"seq\":%d}}"
        .formatted(channel, epoch, seq);
  }

  /** What was granted of the first channel that was asked for. */
  static JsonNode first(JsonNode subscribed) {
    return subscribed.path("channels").get(0);
  }

  /** The numbers of all publications that came one by one. */
  static List<Long> numbers(TestClient client) {
    return client.ofType("data").stream().map(m -> m.path("seq").asLong()).toList();
  }

  static void awaitNumber(TestClient client, long seq) {
    client.await(m -> m.path("type").asString().equals("data") && m.path("seq").asLong() == seq);
  }
}
