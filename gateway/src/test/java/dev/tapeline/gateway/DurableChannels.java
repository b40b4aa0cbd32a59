package dev.tapeline.gateway;

import dev.tapeline.core.Bounds;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.EmbeddedBus;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Buses with durable channels, and publications on them that say their number. */
final class DurableChannels {

  private DurableChannels() {}

  /** A log of that many publications for each channel that matches. */
  static DurableRules.Rule rule(String pattern, int length) {
    return new DurableRules.Rule(
        Selector.parse(pattern),
        new Bounds(length, Duration.ofHours(1), 16 << 20),
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
}
