package dev.tapeline.chaos.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.chaos.fault.NodeVictim;
import dev.tapeline.chaos.fault.Pause;
import dev.tapeline.chaos.fault.RedisVictim;
import dev.tapeline.chaos.fault.Store;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node with a history that is killed between two minutes of a market. The same trades, a day
 * apart, come once while it runs, and once with the kill in the middle: candles and indicators are
 * the same.
 */
@Timeout(300)
class RestartTest {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MINUTES = 60;
  private static final int KILLED_AFTER = 33;
  private static final long DAY = 86_400_000;
  private static final List<String> SPECS = List.of("1m:rsi-14+ema-20+vwap-1", "5m:sma-5+atr-3");

  /** When a bar begins, in the payloads that are compared. */
  private static final String TIME = "t";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Store store;
  private RedisVictim redis;
  private NodeVictim node;

  /** Midnight of UTC, three days ago: the market is one that is delayed by days. */
  private final long first = Math.floorDiv(System.currentTimeMillis(), DAY) * DAY - 3 * DAY;

  @BeforeEach
  void start() {
    store = Store.of(Store.Kind.SINGLE, folder, false);
    store.start();
    store.awaitReady(LIMIT);
    redis = store.master(0);
    Map<String, String> settings =
        Map.of(
            "TAPELINE_NODE", "restarted",
            "REDIS_URL", store.url(),
            "TAPELINE_FEEDS", "bus",
            "TAPELINE_HISTORY", "1m,1d",
            "TAPELINE_DATA", folder.resolve("data").toString());
    node = new NodeVictim("restarted", folder, http, settings);
    node.start();
    node.awaitReady(LIMIT);
  }

  @AfterEach
  void stop() {
    node.close();
    store.close();
    http.shutdownNow();
  }

  @Test
  void barsAndIndicatorsAreThoseOfANodeThatWentOn() {
    Tape whole = listen("WENTON");
    publish("WENTON", first, 0, MINUTES);
    List<String> indicators = indicators("WENTON", whole, first);
    Map<String, List<String>> candles = candles("WENTON", first);
    publish("KILLED", first + DAY, 0, KILLED_AFTER); // which ends the day of the other one
    awaitMetric("tapeline_history_stored_total", stored -> stored > MINUTES + KILLED_AFTER);
    node.kill();
    node.start();
    node.awaitReady(LIMIT);
    Tape tape = listen("KILLED");
    publish("KILLED", first + DAY, KILLED_AFTER, KILLED_AFTER + 1);
    awaitMetric("tapeline_history_past_total{outcome=\"answered\"}", answered -> answered >= 3);
    publish("KILLED", first + DAY, KILLED_AFTER + 1, MINUTES);
    assertEquals(candles, candles("KILLED", first + DAY));
    assertEquals(indicators, indicators("KILLED", tape, first + DAY));
    assertTrue(indicators.getFirst().contains("\"bars\":" + MINUTES), indicators::toString);
    assertTrue(indicators.getFirst().contains("vwap-1"), indicators::toString);
  }

  /** Trades of some minutes, from the begin of each to its end. */
  private void publish(String symbol, long begin, int from, int until) {
    for (int minute = from; minute < until; minute++) {
      Random random = new Random(minute);
      for (long second : List.of(0L, 17_000L, 31_000L, 59_900L)) {
        String tick =
            "{\"key\":\"LAW:%s\",\"ltp\":%s,\"ltq\":%d,\"exchangeTime\":%d}"
                .formatted(
                    symbol,
                    100 + random.nextInt(100) / 4.0,
                    1 + random.nextInt(9),
                    begin + minute * 60_000L + second);
        Pause.until(
            "the node hears ticks",
            LIMIT,
            () ->
                !redis
                    .ask("PUBLISH market:tick:%s %s".formatted(symbol, quoted(tick)))
                    .equals(":0\r\n"));
      }
    }
  }

  private static String quoted(String json) {
    return '"' + json.replace("\"", "\\\"") + '"';
  }

  /** Hears the indicators of an instrument, which are computed from now on. */
  private Tape listen(String symbol) {
    Tape tape = new Tape();
    List<String> channels = new ArrayList<>();
    SPECS.forEach(spec -> channels.add("\"indicators:%s:%s\"".formatted(symbol, spec)));
    http.newWebSocketBuilder()
        .buildAsync(URI.create("ws://127.0.0.1:" + node.port() + "/ws"), tape)
        .join()
        .sendText(
            "{\"action\":\"subscribe\",\"channels\":[%s]}".formatted(String.join(",", channels)),
            true);
    return tape;
  }

  /** The newest closed values of each spec, as soon as they are those of the last bar. */
  private List<String> indicators(String symbol, Tape tape, long begin) {
    List<String> newest = new ArrayList<>();
    for (String spec : SPECS) {
      String channel = "indicators:" + symbol + ":" + spec;
      long length = spec.startsWith("1m") ? 1 : 5;
      long last = begin + (MINUTES - length) * 60_000L;
      Pause.until(
          channel + " of the last bar", LIMIT, () -> closed(tape, channel, last).size() > 0);
      newest.add(text(closed(tape, channel, last).getLast(), begin));
    }
    return newest;
  }

  private static List<JsonNode> closed(Tape tape, String channel, long time) {
    return tape.on(channel).stream()
        .map(Tape.Seen::data)
        .filter(data -> data.path("closed").asBoolean() && data.path(TIME).asLong() == time)
        .toList();
  }

  private Map<String, List<String>> candles(String symbol, long begin) {
    Map<String, List<String>> all = new TreeMap<>();
    List.of("1m", "5m", "15m").forEach(frame -> all.put(frame, candles(symbol, frame, begin)));
    return all;
  }

  /** The closed candles of all minutes, as soon as they are there. */
  private List<String> candles(String symbol, String frame, long begin) {
    int length = Integer.parseInt(frame.replace("m", ""));
    String path = "/api/v1/candles/%s?tf=%s".formatted(symbol, frame);
    Pause.until(
        "candles of " + frame, LIMIT, () -> closedCandles(path, begin).size() >= MINUTES / length);
    return closedCandles(path, begin);
  }

  private List<String> closedCandles(String path, long begin) {
    return JSON.readTree(get(path))
        .path("candles")
        .valueStream()
        .filter(candle -> candle.path("closed").asBoolean())
        .map(candle -> text(candle, begin))
        .toList();
  }

  /** A payload without what tells the runs apart. */
  private static String text(JsonNode payload, long begin) {
    ObjectNode copy = payload.deepCopy().asObject();
    copy.put(TIME, payload.path(TIME).asLong() - begin);
    copy.remove(List.of("symbol", "rev"));
    return copy.toString();
  }

  private void awaitMetric(String name, DoublePredicate condition) {
    Pause.until(name, LIMIT, () -> condition.test(metric(name)));
  }

  private double metric(String name) {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(0);
  }

  private String get(String path) {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(node.port(), path));
    try {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
