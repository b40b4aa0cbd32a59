package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How old publications are when they are written, as the metrics tell. */
class LatencyTest {

  private static final Duration DELAY = Duration.ofMinutes(1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"channel\":\"market:tick:A\"}",
        "{\"channel\":\"market:tick:A\",\"mode\":\"latest\"}",
        "{\"channel\":\"market:tick:*\"}"
      })
  void delayedPublicationIsInAHigherBucketThanAFreshOne(String subscription) {
    try (TestGateway gateway = new TestGateway(config -> config);
        TestClient client = gateway.client("/ws")) {
      client.subscribe(subscription);
      publish(gateway, System.currentTimeMillis());
      awaitSamples(gateway, 1);
      assertEquals(1, within(gateway, Duration.ofSeconds(10)));
      publish(gateway, System.currentTimeMillis() - DELAY.toMillis());
      awaitSamples(gateway, 2);
      assertEquals(1, within(gateway, Duration.ofSeconds(10)));
      assertTrue(latency(gateway).max(TimeUnit.MILLISECONDS) >= DELAY.toMillis());
    }
  }

  @Test
  void withoutAnIngestStampOrWithOneOfTheFutureItCountsFromTheArrival() {
    try (TestGateway gateway = new TestGateway(config -> config);
        TestClient client = gateway.client("/ws")) {
      client.subscribe("\"market:tick:A\"");
      publish(gateway, 0);
      awaitSamples(gateway, 1);
      publish(gateway, System.currentTimeMillis() + DELAY.toMillis());
      awaitSamples(gateway, 2);
      assertEquals(2, within(gateway, Duration.ofSeconds(10)));
      assertTrue(latency(gateway).total(TimeUnit.NANOSECONDS) > 0);
    }
  }

  @Test
  void snapshotsAreNoDeliveries() {
    try (TestGateway gateway = new TestGateway(config -> config);
        TestClient client = gateway.client("/ws")) {
      publish(gateway, System.currentTimeMillis() - DELAY.toMillis());
      client.subscribe("{\"channel\":\"market:tick:*\",\"snapshot\":true}");
      client.awaitType("snapshot");
      publish(gateway, System.currentTimeMillis());
      client.awaitType("data");
      awaitSamples(gateway, 1);
      assertEquals(1, within(gateway, Duration.ofSeconds(10)));
    }
  }

  private static void publish(TestGateway gateway, long ingest) {
    byte[] payload = "1".getBytes(StandardCharsets.US_ASCII);
    gateway.bus.publish(List.of(Publication.of("market:tick:A", payload, new Stamps(0, ingest))));
  }

  private static void awaitSamples(TestGateway gateway, int count) {
    TestGateway.awaitTrue(() -> latency(gateway).count() == count);
  }

  private static double within(TestGateway gateway, Duration bound) {
    return Arrays.stream(latency(gateway).histogramCounts())
        .filter(bucket -> bucket.bucket(TimeUnit.NANOSECONDS) == bound.toNanos())
        .mapToDouble(CountAtBucket::count)
        .sum();
  }

  private static HistogramSnapshot latency(TestGateway gateway) {
    return gateway.meters.get("tapeline.latency").timer().takeSnapshot();
  }
}
