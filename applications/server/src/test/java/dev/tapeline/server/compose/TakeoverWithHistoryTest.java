package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.store.PostgresForTests;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A standby that takes a source over goes on with the bars of the node before it. */
@Timeout(120)
class TakeoverWithHistoryTest extends OnRedisRig {

  private static final String SYMBOL = "ACME";

  /** Midnight of UTC, two days ago: a market that is delayed by days. */
  private final long midnight =
      Math.floorDiv(System.currentTimeMillis(), 86_400_000L) * 86_400_000L - 2 * 86_400_000L;

  private Tapeline node(String name, String database) {
    Map<String, String> settings = Map.of("TAPELINE_HISTORY", "1m,1d", "DATABASE_URL", database);
    return start(name, "all", List.of(new FeedPlan.Foreign()), settings);
  }

  /** Publishes a tick, as soon as a node hears it. */
  private void tell(long millis, String price) throws Exception {
    String tick =
        "{\\\"ltp\\\":%s,\\\"ltq\\\":2,\\\"exchangeTime\\\":%d}"
            .formatted(price, midnight + millis);
    String publish = "PUBLISH market:tick:%s \"%s\"".formatted(SYMBOL, tick);
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (redis.ask(publish).startsWith(":0")) {
      assertTrue(System.nanoTime() < end, "no node hears ticks");
      Thread.sleep(20);
    }
  }

  private void awaitHeld(Tapeline node) throws Exception {
    awaitBody(node, "/metrics", "tapeline_feed_held{source=\"bus-ticks\"} 1.0");
  }

  @Test
  void theDayOfAStandbyBeginsWithThatOfTheNodeBefore() throws Exception {
    String database = PostgresForTests.newDatabase();
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline first = node("first", database)) {
      awaitHeld(first);
      try (Tapeline second = node("second", database)) {
        for (int minute = 0; minute < 3; minute++) {
          tell(minute * 60_000L, "10.5");
          tell(minute * 60_000L + 59_900, "8.5");
        }
        awaitBody(first, "/metrics", "tapeline_history_stored_total 3.0");
        first.close();
        awaitHeld(second);
        Frames day = subscribe(fresh, second, "candles:%s:1d".formatted(SYMBOL));
        day.await("\"type\":\"subscribed\"");
        tell(180_000, "9.5");
        day.await("\"o\":10.5,\"h\":10.5,\"l\":8.5,\"c\":9.5,\"v\":14,\"n\":7");
      }
    }
  }
}
