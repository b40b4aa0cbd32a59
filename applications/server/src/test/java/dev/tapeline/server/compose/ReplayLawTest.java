package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.feed.replay.ReplayReading;
import dev.tapeline.gateway.TestClient;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.store.PostgresForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recording publishes the same bytes on every channel, bars and indicators among them: each time,
 * at each pace, beside another source, and whatever the history has.
 */
@Timeout(240)
class ReplayLawTest {

  private static final String COIN = "BTCUSDT";
  private static final String GOLD = "GC";

  @TempDir Path folder;

  /** What is wanted of an instrument. */
  private static List<String> channels(String symbol) {
    return Stream.of(
            "candles:%s:1s",
            "candles:%s:1m",
            "candles:%s:5m",
            "candles:%s:1d",
            "indicators:%s",
            "indicators:%s:5s",
            "indicators:%s:1m:rsi-5+supertrend+ichimoku-3-5-8+cci+obv+pivots")
        .map(name -> name.formatted(symbol))
        .toList();
  }

  private static FeedPlan coin(Map<String, String> reading, Pace pace) {
    return new FeedPlan.Replay(
        "coin",
        new Recording(SharedFiles.path(SharedFiles.BINANCE)),
        ReplayReading.parse(reading),
        new ReplayOptions(pace, false, true));
  }

  /** Trades of an hour. */
  private FeedPlan gold() throws IOException {
    StringBuilder lines = new StringBuilder("time,symbol,price,quantity\n");
    Random random = new Random(7);
    for (int second = 0; second < 3_600; second += 1 + random.nextInt(5)) {
      double price = 1_300 + random.nextInt(400) / 8.0;
      lines.append(1_381_104_000 + second).append(",GC,").append(price).append(",1\n");
    }
    Path file = Files.writeString(folder.resolve("gold.csv"), lines);
    return new FeedPlan.Replay(
        "gold", new Recording(file), ReplayReading.AUTO, new ReplayOptions(Pace.MAX, false, true));
  }

  private Map<String, List<String>> play(Map<String, String> more, FeedPlan... plans)
      throws Exception {
    Map<String, String> all = new HashMap<>(more);
    all.put("TAPELINE_BIND_HOST", "127.0.0.1");
    all.put("TAPELINE_API_PORT", "0");
    all.put("REDIS_WS_GATEWAY_PORT", "0");
    all.put("TAPELINE_DATA", folder.resolve("data").toString());
    try (Tapeline node = Tapeline.start(Settings.load(all, Map.of()), List.of(plans));
        TestClient client = new TestClient(node.ports().getFirst(), "/ws")) {
      BusTape tape = BusTape.of(node);
      client.subscribe(wanted().toArray(String[]::new));
      for (FeedPlan plan : plans) {
        String source = ((FeedPlan.Replay) plan).name();
        client.await(frame ->
            frame.path("type").asString("").equals("status")
                && frame.path("source").asString("").equals(source)
                && frame.path("state").asString("").equals("closed"));
      }
      return tape.payloads();
    }
  }

  private static List<String> wanted() {
    List<String> wanted = new ArrayList<>();
    Stream.concat(channels(COIN).stream(), channels(GOLD).stream())
        .forEach(name -> wanted.add('"' + name + '"'));
    return wanted;
  }

  private static void assertSame(
      Map<String, List<String>> expected, Map<String, List<String>> played) {
    assertEquals(expected.keySet(), played.keySet());
    expected.forEach((channel, payloads) ->
        assertEquals(
            String.join("\n", payloads),
            String.join("\n", played.getOrDefault(channel, List.of()))));
  }

  /** The channels of an instrument. */
  private static Map<String, List<String>> of(String symbol, Map<String, List<String>> all) {
    Map<String, List<String>> its = new TreeMap<>(all);
    its.keySet().removeIf(channel -> !channel.contains(symbol));
    return its;
  }

  private static void assertHas(Map<String, List<String>> played, String symbol) {
    for (String channel : channels(symbol)) {
      assertFalse(played.getOrDefault(channel, List.of()).isEmpty(), channel);
    }
  }

  @Test
  void aRecordingIsTheSameEachTimeAtEachPaceAndBesideAnother() throws Exception {
    Map<String, List<String>> once = play(Map.of(), coin(Map.of(), Pace.MAX));
    assertHas(once, COIN);
    assertSame(once, play(Map.of(), coin(Map.of(), Pace.parse("60"))));
    Map<String, List<String>> gold = play(Map.of(), gold());
    assertHas(gold, GOLD);
    Map<String, List<String>> both = play(Map.of(), coin(Map.of(), Pace.MAX), gold());
    assertSame(of(COIN, once), of(COIN, both));
    assertSame(of(GOLD, gold), of(GOLD, both));
  }

  @Test
  void someSecondsAreTheSameAtTheirOwnPace() throws Exception {
    Map<String, String> seconds =
        Map.of("from", "2024-08-08T23:54:58Z", "to", "2024-08-08T23:55:03Z");
    Map<String, List<String>> fast = play(Map.of(), coin(seconds, Pace.MAX));
    assertTrue(fast.getOrDefault("indicators:%s:5s".formatted(COIN), List.of()).size() > 3);
    assertSame(fast, play(Map.of(), coin(seconds, new Pace(1))));
  }

  @Test
  void whatTheHistoryHasChangesNothing() throws Exception {
    Map<String, List<String>> without =
        play(Map.of("TAPELINE_HISTORY", "off"), coin(Map.of(), Pace.MAX));
    Map<String, String> kept =
        Map.of("TAPELINE_HISTORY", "1m,1d", "DATABASE_URL", PostgresForTests.newDatabase());
    assertSame(without, play(kept, coin(Map.of(), Pace.MAX)));
    assertSame(without, play(kept, coin(Map.of(), Pace.MAX)));
  }
}
