package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.record.ArrivalRecorder;
import dev.tapeline.gateway.TestClient;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.simulate.binance.BinanceOptions;
import dev.tapeline.simulate.binance.BinanceSimulator;
import dev.tapeline.simulate.dhan.DhanAccount;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A live source that is recorded, and its recording: both publish the same, byte by byte. */
@Timeout(240)
class RecordedVendorsTest {

  @TempDir Path folder;

  private Settings settings(String data, String feeds, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("TAPELINE_BIND_HOST", "127.0.0.1");
    all.put("TAPELINE_API_PORT", "0");
    all.put("REDIS_WS_GATEWAY_PORT", "0");
    all.put("TAPELINE_DATA", folder.resolve(data).toString());
    all.put("TAPELINE_FEEDS", feeds);
    return Settings.load(all, Map.of());
  }

  /** What is done with a node while it is recorded. */
  private interface Session {

    void run(Tapeline node, BusTape tape) throws Exception;
  }

  /** Runs and records a source; what it has published. */
  private Map<String, List<String>> record(Settings settings, Session session) throws Exception {
    try (Recorders recorders = Recorders.start(settings, folder.resolve("day"), ZoneOffset.UTC);
        Tapeline node = Tapeline.start(settings, FeedPlan.of(settings), recorders)) {
      BusTape tape = BusTape.of(node);
      session.run(node, tape);
      assertMeasured(node);
      node.close();
      assertEquals(
          List.of(0L), recorders.all().values().stream().map(ArrivalRecorder::lost).toList());
      return tape.payloads();
    }
  }

  private static void assertMeasured(Tapeline node) throws Exception {
    URI page = URI.create("http://127.0.0.1:%d/metrics".formatted(node.ports().getFirst()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      String text =
          client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
      for (String name : List.of("recorded", "lost", "bytes", "failures")) {
        assertTrue(text.contains("\ntapeline_recorder_%s_total{source=".formatted(name)), text);
      }
      new MetricsPage(text).assertDescribed();
    }
  }

  /** A store that knows earlier days, of which a replay must not show anything. */
  private static Map<String, String> store() {
    return Map.of(
        "TAPELINE_HISTORY", "1d,chains",
        "TAPELINE_HISTORY_IVDEX", "NIFTY",
        "DATABASE_URL",
            EarlierDays.database(
                new Series("NIFTY", "dhan", Origin.LIVE),
                new Series("NIFTY", "dhan", Origin.REPLAY)));
  }

  /** Plays what was recorded under the same name, to its end; what it publishes. */
  private Map<String, List<String>> play(
      String name, String speed, Map<String, List<String>> live, List<String> more)
      throws Exception {
    String replay =
        "replay file=%s speed=%s await-subscriber=true name=%s".formatted(recording(), speed, name);
    Settings settings = settings("replay", replay, store());
    try (Tapeline node = Tapeline.start(settings, FeedPlan.of(settings))) {
      BusTape tape = BusTape.of(node);
      for (String channel : live.keySet()) {
        want(channel, node);
      }
      try (TestClient first = new TestClient(node.ports().getFirst(), "/ws")) {
        first.subscribe(more.stream().map(each -> '"' + each + '"').toArray(String[]::new));
        first.await(frame ->
            frame.path("type").asString("").equals("status")
                && frame.path("source").asString("").equals(name)
                && frame.path("state").asString("").equals("closed"));
      }
      return tape.payloads();
    }
  }

  /**
   * Plays a recording as fast as it goes, and again at a pace: with these bars and indicators
   * wanted too, both publish the same on every channel, and on the channels of the live source what
   * that has published.
   */
  private void assertPlaysTheSame(String name, Map<String, List<String>> live, List<String> more)
      throws Exception {
    Map<String, List<String>> played = play(name, "max", live, more);
    assertSame(without(more, live), without(more, played));
    for (String channel : more) {
      assertFalse(played.getOrDefault(channel, List.of()).isEmpty(), channel);
    }
    Map<String, List<String>> again = play(name, "60", live, more);
    assertEquals(played.keySet(), again.keySet());
    played.forEach((channel, payloads) ->
        assertEquals(
            String.join("\n", payloads),
            String.join("\n", again.getOrDefault(channel, List.of())),
            channel));
  }

  /** Without these channels: where they are wanted, they have forming bars between closed ones. */
  private static Map<String, List<String>> without(
      List<String> channels, Map<String, List<String>> all) {
    Map<String, List<String>> others = new HashMap<>(all);
    others.keySet().removeAll(channels);
    return others;
  }

  private static List<String> barsAndIndicators(String symbol) {
    return Stream.of("candles:%s:1s", "candles:%s:1m", "indicators:%s", "indicators:%s:1s")
        .map(channel -> channel.formatted(symbol))
        .toList();
  }

  /** Has a chain computed from the begin: nothing is played yet. */
  private static void want(String channel, Tapeline node) throws Exception {
    String[] parts = channel.split(":", -1);
    if (parts[0].equals("option-chain")) {
      URI start =
          URI.create("http://127.0.0.1:%d/market/polling/start".formatted(node.ports().getFirst()));
      String chain = "{\"symbol\":\"%s\",\"expiry\":\"%s\"}".formatted(parts[1], parts[2]);
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpRequest request =
            HttpRequest.newBuilder(start).POST(BodyPublishers.ofString(chain)).build();
        assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
      }
    }
  }

  private Path recording() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.filter(each -> each.toString().endsWith(".tlr")).sorted().toList();
      return all.getFirst();
    }
  }

  /** The recording may go on a little longer, as a feed ends after its source. */
  private static void assertSame(
      Map<String, List<String>> live, Map<String, List<String>> replayed) {
    live.forEach((channel, payloads) -> {
      List<String> again = sinceFirst(payloads, replayed.getOrDefault(channel, List.of()));
      assertEquals(
          String.join("\n", payloads),
          String.join("\n", again.subList(0, Math.min(payloads.size(), again.size()))),
          channel);
    });
    assertTrue(2 * count(live) > count(replayed), count(live) + " of " + count(replayed));
  }

  /** Without what nobody wanted live, before somebody did. */
  private static List<String> sinceFirst(List<String> payloads, List<String> again) {
    return again.subList(Math.max(0, again.indexOf(payloads.getFirst())), again.size());
  }

  private static int count(Map<String, List<String>> payloads) {
    return payloads.values().stream().mapToInt(List::size).sum();
  }

  @Test
  void binancePublishesTheSameAgain() throws Exception {
    try (BinanceSimulator simulator = BinanceSimulator.start(BinanceOptions.usual())) {
      Settings settings =
          settings(
              "live",
              "binance watch=BTCUSDT socket-url=ws://127.0.0.1:%1$d rest-url=http://127.0.0.1:%1$d"
                  .formatted(simulator.port()),
              Map.of("TAPELINE_DEMAND_RELEASE", "0s"));
      Map<String, List<String>> live =
          record(
              settings,
              (node, tape) -> {
                try (TestClient client = new TestClient(node.ports().getFirst(), "/ws")) {
                  client.subscribe("\"depth@BTCUSDT\"");
                  tape.await("depth@BTCUSDT", 30);
                  tape.await("trade@BTCUSDT", 30);
                }
                int trades = tape.payloads().get("trade@BTCUSDT").size();
                tape.await("trade@BTCUSDT", trades + 50); // the book is released meanwhile
                int changes = tape.payloads().get("depth@BTCUSDT").size();
                try (TestClient other = new TestClient(node.ports().getFirst(), "/ws")) {
                  other.subscribe("\"depth@BTCUSDT\"");
                  tape.await("depth@BTCUSDT", changes + 30);
                }
              });
      assertPlaysTheSame("binance", live, barsAndIndicators("BTCUSDT"));
    }
  }

  @Test
  void dhanPublishesTheSameAgain() throws Exception {
    try (DhanSimulator simulator = DhanSimulator.start(DhanOptions.usual())) {
      LocalDate expiry = firstExpiry(simulator, "NIFTY");
      Settings settings =
          settings(
              "live",
              ("dhan watch=NIFTY watch-books=RELIANCE depth=20 orders=true user=u1 hours=always"
                      + " socket-url=ws://127.0.0.1:%1$d"
                      + " rest-url=http://127.0.0.1:%1$d/v2 auth-url=http://127.0.0.1:%1$d"
                      + " master-url=http://127.0.0.1:%1$d"
                      + "/api-data/api-scrip-master-detailed.csv")
                  .formatted(simulator.port()),
              Map.of(
                  "DHANHQ_CLIENT_ID", DhanAccount.USUAL.clientId(),
                  "DHANHQ_ACCESS_TOKEN_FILE", folder.resolve("token").toString(),
                  "DHANHQ_PIN", DhanAccount.USUAL.pin(),
                  "DHANHQ_TOTP_SECRET", DhanAccount.USUAL.totpSecret(),
                  "DHANHQ_WS_MODE", "full"));
      Map<String, List<String>> published =
          record(
              settings,
              (node, tape) -> {
                try (TestClient client = new TestClient(node.ports().getFirst(), "/ws")) {
                  client.subscribe("\"option-chain:NIFTY:%s\"".formatted(expiry));
                  tape.await("market:tick:NIFTY", 20);
                  tape.await("depth@RELIANCE", 5);
                  simulator.control().inject(Fault.of(FaultKind.RESET));
                  tape.await("depth@RELIANCE", 10);
                  tape.await("ticks of 40 options", RecordedVendorsTest::hasLegs);
                }
              });
      Map<String, List<String>> live = new HashMap<>(published);
      assertNotNull(live.remove("positions:u1"), "orders are not recorded");
      assertTrue(live.containsKey("option-chain:NIFTY:" + expiry), live.keySet()::toString);
      assertTrue(live.get("depth@RELIANCE").stream().anyMatch(RecordedVendorsTest::isDeep));
      assertPlaysTheSame("dhan", live, barsAndIndicators("NIFTY"));
    }
  }

  private static boolean isDeep(String book) {
    return new JsonMapper().readTree(book).at("/data/b").size() == 20;
  }

  private static boolean hasLegs(Map<String, List<String>> payloads) {
    return payloads.entrySet().stream()
            .filter(each -> each.getKey().startsWith("market:tick:NIFTY"))
            .filter(each -> each.getValue().size() >= 2)
            .count()
        > 40;
  }

  private static LocalDate firstExpiry(DhanSimulator simulator, String underlying) {
    return simulator.instruments().stream()
        .map(each -> each instanceof Instrument.Option option ? option : null)
        .filter(Objects::nonNull)
        .filter(option -> option.underlying().equals(underlying))
        .map(Instrument.Option::expiry)
        .min(LocalDate::compareTo)
        .orElseThrow();
  }
}
