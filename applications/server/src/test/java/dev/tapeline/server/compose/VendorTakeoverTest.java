package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.settings.Settings;
import dev.tapeline.simulate.binance.BinanceOptions;
import dev.tapeline.simulate.binance.BinanceSimulator;
import dev.tapeline.simulate.control.SimulatorOptions;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes with the same vendor: one is connected, and the other one follows it. */
@Timeout(240)
class VendorTakeoverTest extends OnRedisRig {

  private static final String TRADES = "trade@BTCUSDT";
  private static final Pattern ID = Pattern.compile("\"t\":(\\d+)");
  private static final String HELD = "tapeline_feed_held{source=\"binance\"} 1.0";
  private static final String NO_RUN = "tapeline_feed_runs_total{source=\"binance\"} 0.0";
  private static final double SPEED = 10;

  private final BinanceSimulator simulator =
      BinanceSimulator.start(BinanceOptions.of(SimulatorOptions.atSpeed(SPEED)));

  @AfterEach
  void closeSimulator() {
    simulator.close();
  }

  private Tapeline node(String name) {
    String feeds =
        "binance watch=BTCUSDT socket-url=ws://127.0.0.1:%1$d rest-url=http://127.0.0.1:%1$d"
            .formatted(simulator.port());
    Settings settings = Settings.load(Map.of("TAPELINE_FEEDS", feeds), Map.of());
    return start(
        name,
        "all",
        FeedPlan.of(settings),
        Map.of("TAPELINE_DATA", folder.resolve(name).toString()));
  }

  private int connections() {
    return simulator.control().state().path("connections").size();
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      Thread.onSpinWait();
    }
  }

  @Test
  void theVendorHasOneNodeAtATimeAndNothingIsPublishedTwice() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline holder = node("first")) {
      awaitBody(holder, "/metrics", HELD);
      try (Tapeline standby = node("second")) {
        awaitBody(standby, "/health/ready", "\"feed\":\"standby\"");
        BusTape tape = BusTape.of(standby);
        Frames client = subscribe(fresh, standby, "depth@BTCUSDT");
        client.await("\"type\":\"data\"");
        tape.await(TRADES, 500);
        await("one node is connected", () -> connections() == 1);
        assertTrue(get(standby, "/metrics").body().contains(NO_RUN));
        int last = trades(tape).size();
        holder.close();
        int before = trades(tape).size();
        tape.await(TRADES, before + 1);
        awaitBody(standby, "/metrics", HELD);
        tape.await(TRADES, before + 500);
        await("the other node is connected", () -> connections() == 1);
        client.await("\"type\":\"data\"");
        System.out.printf("%.2f s without trades%n", tape.longestPause(TRADES, last));
        assertRisingIds(trades(tape));
      }
      await("no node is connected", () -> connections() == 0);
    }
  }

  private static List<String> trades(BusTape tape) {
    return tape.payloads().getOrDefault(TRADES, List.of());
  }

  private static void assertRisingIds(List<String> trades) {
    List<Long> ids = trades.stream().map(VendorTakeoverTest::id).toList();
    assertEquals(ids.stream().sorted().distinct().toList(), ids);
  }

  private static long id(String trade) {
    Matcher id = ID.matcher(trade);
    assertTrue(id.find(), trade);
    return Long.parseLong(id.group(1));
  }
}
