package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.server.calc.IndicatorCalculator;
import dev.tapeline.store.history.Figure;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Indicators over candles of a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndicatorsApiTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long MINUTE = 60_000;
  private static final long DAY = 1_440 * MINUTE;

  /** The clock of the rig says 12:00:15. */
  private static final long NOON = RestRig.NOW.toEpochMilli() - 15_000;

  private static final Series PAIR = new Series("BTCUSDT", "replay", Origin.LIVE);
  private static final Series SIMULATED = new Series("BTCUSDT", "simulator", Origin.SIMULATED);
  private static final Series INDEX = new Series("NIFTY", "simulator", Origin.LIVE);
  private static final Series DAYS = new Series("QUOTES", "oracle", Origin.BACKFILL);

  private static final String ALL =
      "rsi,macd,ema-50,sma,atr,bb,vwap,stoch,adx,supertrend,ichimoku,cci,obv,pivots";

  private HistoryRig rig;

  @BeforeAll
  void start() {
    rig = new HistoryRig(Map.of("TAPELINE_REST_RATE_BURST", "100000"), rows());
    rig.put(candle("1m", NOON - MINUTE, true)); // the store does not have it yet
    rig.put(candle("1m", NOON, false));
    rig.put(candle("5m", NOON, false));
  }

  private static List<HistoryRow> rows() {
    List<HistoryRow> rows = new ArrayList<>();
    Random random = new Random(4);
    for (long time = NOON - 52 * 60 * MINUTE; time < NOON - MINUTE; time += MINUTE) {
      rows.add(new HistoryRow.OfBar(PAIR, walk(time, random))); // some 3,000 over three days
    }
    for (int i = 0; i < 200; i++) {
      rows.add(new HistoryRow.OfBar(SIMULATED, walk(NOON - (300 - i) * MINUTE, random)));
    }
    rows.add(new HistoryRow.OfFigure(SIMULATED, Figure.SESSION, NOON - 200 * MINUTE, 1));
    for (String open : List.of("2023-12-28T03:45:00Z", "2023-12-29T03:45:00Z")) {
      for (int i = 0; i < 30; i++) {
        long time = Instant.parse(open).toEpochMilli() + i * MINUTE;
        rows.add(new HistoryRow.OfBar(INDEX, walk(time, random)));
      }
    }
    return rows;
  }

  private static Bar walk(long time, Random random) {
    int open = 10_000 + random.nextInt(500);
    int close = 10_000 + random.nextInt(500);
    int high = Math.max(open, close) + random.nextInt(100);
    int low = Math.min(open, close) - random.nextInt(100);
    return bar(
        Frame.MINUTE, time, List.of(decimal(open), decimal(high), decimal(low), decimal(close)));
  }

  private static BigDecimal decimal(int cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  private static Bar bar(Frame frame, long time, List<BigDecimal> prices) {
    Ohlc ohlc = new Ohlc(prices.get(0), prices.get(1), prices.get(2), prices.get(3));
    return new Bar(frame, time, ohlc, new BigDecimal("1.5"), 3, Bar.State.CLOSED);
  }

  private static String candle(String frame, long time, boolean closed) {
    return "{\"symbol\":\"BTCUSDT\",\"tf\":\"%s\",\"t\":%d,\"o\":102,\"h\":104,\"l\":101,\"c\":103,"
            .formatted(frame, time)
        + "\"v\":2.5,\"n\":2,\"closed\":%s}".formatted(closed);
  }

  @AfterAll
  void close() {
    rig.close();
  }

  private JsonNode get(String path) throws Exception {
    return rig.get(path);
  }

  private List<JsonNode> values(String path) throws Exception {
    return get("indicators/" + path).path("indicators").valueStream().toList();
  }

  @Test
  void valuesAreOfTheCandlesOfThePage() throws Exception {
    JsonNode answer = get("indicators/BTCUSDT?tf=1m&limit=3&spec=sma-1,rsi-14,macd");
    assertEquals("sma-1+rsi-14+macd-12-26-9", answer.path("spec").asString());
    assertEquals("live", answer.path("origin").asString());
    JsonNode candles = get("candles/BTCUSDT?tf=1m&limit=3");
    assertEquals(candles.path("older"), answer.path("older"));
    List<JsonNode> values = answer.path("indicators").valueStream().toList();
    assertEquals(3, values.size());
    for (int i = 0; i < 3; i++) {
      JsonNode candle = candles.path("candles").get(i);
      assertEquals(candle.path("t"), values.get(i).path("t"));
      assertEquals(candle.path("closed"), values.get(i).path("closed"));
      assertEquals(candle.path("c").asDouble(), values.get(i).path("sma-1").asDouble());
      assertEquals(280, values.get(i).path("bars").asInt());
      assertTrue(values.get(i).at("/macd-12-26-9/signal").isNumber(), answer::toString);
    }
  }

  @Test
  void theCommonOnesAreThereWithoutASpec() throws Exception {
    List<JsonNode> values = values("BTCUSDT?limit=1");
    assertEquals(
        List.of(
            "t", "closed", "bars", "rsi", "macd", "ema", "sma", "atr", "bb", "vwap", "stoch",
            "adx"),
        List.copyOf(values.getFirst().propertyNames()));
    assertEquals(392, values.getFirst().path("bars").asInt());
  }

  @Test
  void valuesThatAreNotDefinedYetAreLeftOut() throws Exception {
    List<JsonNode> values = values("BTCUSDT?origin=simulated&spec=sma-3&from=0&limit=3");
    assertEquals(
        List.of("[t, closed, bars]", "[t, closed, bars]", "[t, closed, bars, sma-3]"),
        values.stream().map(it -> it.propertyNames().toString()).toList());
    assertEquals(List.of(1, 2, 3), values.stream().map(it -> it.path("bars").asInt()).toList());
  }

  /** Pages of any size, in both directions, have what one page of all has. */
  @ParameterizedTest
  @CsvSource({"1m,997", "1m,1303", "5m,91", "7m,150", "1h,7", "1d,1"})
  void valuesDoNotDependOnThePage(String frame, int limit) throws Exception {
    String path = "BTCUSDT?tf=%s&spec=%s".formatted(frame, ALL);
    List<JsonNode> whole = values(path + "&limit=5000");
    List<JsonNode> back = new ArrayList<>();
    List<JsonNode> forth = new ArrayList<>();
    for (JsonNode to = null; to == null || !to.isMissingNode(); ) {
      JsonNode page =
          get("indicators/" + path + "&limit=" + limit + (to == null ? "" : "&to=" + to));
      back.addAll(0, page.path("indicators").valueStream().toList());
      to = page.path("older");
    }
    for (JsonNode from = JSON.readTree("0"); !from.isMissingNode(); ) {
      JsonNode page = get("indicators/" + path + "&limit=" + limit + "&from=" + from);
      forth.addAll(page.path("indicators").valueStream().toList());
      from = page.path("newer");
    }
    assertTrue(whole.size() > limit, "there are several pages");
    assertEquals(whole, back);
    assertEquals(whole, forth);
  }

  /** The page of the bar that forms alone counts the closed one that only the cache has. */
  @Test
  void theNewestBarCountsWhatTheStoreDoesNotHaveYet() throws Exception {
    List<JsonNode> alone = values("BTCUSDT?spec=%s&from=%d".formatted(ALL, NOON));
    assertEquals(values("BTCUSDT?spec=%s&limit=2".formatted(ALL)).subList(1, 2), alone);
    assertEquals(
        103, values("BTCUSDT?spec=sma-2&from=" + NOON).getFirst().path("sma-2").asDouble());
  }

  @Test
  void sessionsAreThoseOfTheCalendar() throws Exception {
    List<JsonNode> first = values("NIFTY?spec=pivots&from=2023-12-28T00:00:00Z&limit=30");
    first.forEach(it -> assertTrue(it.path("pivots").isMissingNode(), it::toString));
    JsonNode day = get("candles/NIFTY?from=2023-12-28T00:00:00Z&limit=30").path("candles");
    double high = day.valueStream().mapToDouble(it -> it.path("h").asDouble()).max().orElse(0);
    double low = day.valueStream().mapToDouble(it -> it.path("l").asDouble()).min().orElse(0);
    double pivot = (high + low + day.get(29).path("c").asDouble()) / 3;
    for (JsonNode value : values("NIFTY?spec=pivots&limit=10")) {
      assertEquals(pivot, value.at("/pivots/pivot").asDouble(), 1e-9);
    }
  }

  /** A simulated series began 300 minutes ago, and its session 100 minutes later. */
  @Test
  void aSessionBeginsWhereItsSourceHasBegunOne() throws Exception {
    List<JsonNode> values = values("BTCUSDT?origin=simulated&spec=vwap");
    assertEquals(200, values.size());
    for (int i = 0; i < 200; i++) {
      assertEquals(i < 100, values.get(i).path("vwap-1").isMissingNode(), "at bar " + i);
    }
    JsonNode candle =
        get("candles/BTCUSDT?origin=simulated&from=" + (NOON - 200 * MINUTE)).at("/candles/0");
    double typical =
        (candle.path("h").asDouble() + candle.path("l").asDouble() + candle.path("c").asDouble())
            / 3;
    assertEquals(typical, values.get(100).at("/vwap-1/vwap").asDouble(), 1e-9);
  }

  @Test
  void csvIsThatOfTheCalculator() throws Exception {
    String series = "BTCUSDT?origin=simulated&limit=1000";
    String candles = rig.rest.get("/api/v1/candles/" + series, "Accept", "text/csv").body();
    String spec = "rsi-14,macd-12-26-9,bb,adx,obv";
    StringWriter calculated = new StringWriter();
    new IndicatorCalculator(
            new ByteArrayInputStream(candles.getBytes(StandardCharsets.UTF_8)),
            IndicatorSpec.parse(spec),
            null)
        .writeTo(new PrintWriter(calculated));
    HttpResponse<String> answer =
        rig.rest.get("/api/v1/indicators/" + series + "&spec=" + spec, "Accept", "text/csv");
    assertEquals(
        calculated.toString().lines().toList(),
        answer.body().lines().map(line -> line.replaceFirst(",[^,]*,[^,]*$", "")).toList());
    assertTrue(answer.body().startsWith("time,rsi-14,macd-12-26-9,macd-12-26-9.signal,"));
    assertTrue(answer.body().endsWith(",200,true\n"), "the last columns are bars and closed");
  }

  /** 502 days, against results that others have verified. */
  @ParameterizedTest
  @CsvSource({
    "rsi-14, rsi-14, rsi.json, rsi",
    "macd-12-26-9, macd-12-26-9/signal, macd.json, signal",
    "ema-20, ema-20, ema.json, ema",
    "sma-20, sma-20, sma.json, sma",
    "atr-14, atr-14, atr.json, atr",
    "bb-20-2, bb-20-2/percentB, bb.json, percentB",
    "stoch-14-3-3, stoch-14-3-3/d, stoch.json, d",
    "adx-14, adx-14/adx, adx.json, adx"
  })
  void valuesAreThoseOfTheOracle(String spec, String name, String file, String column)
      throws Exception {
    rig.rest.history.orElseThrow().append(quotes());
    JsonNode expected = JSON.readTree(String.join("\n", SharedFiles.lines("indicators/" + file)));
    List<JsonNode> actual = values("QUOTES?tf=1d&limit=1000&spec=" + spec);
    assertEquals(502, expected.size());
    assertEquals(502, actual.size());
    for (int i = 0; i < 502; i++) {
      JsonNode right = expected.get(i).path(column);
      JsonNode value = actual.get(i).at("/" + name);
      assertEquals(right.isNumber(), value.isNumber(), "defined at bar " + i);
      double tolerance = (i < 250 ? 1e-9 : 1e-6) * Math.max(1, Math.abs(right.asDouble(0)));
      assertEquals(right.asDouble(0), value.asDouble(0), tolerance, "at bar " + i);
    }
  }

  private static List<HistoryRow> quotes() {
    List<HistoryRow> rows = new ArrayList<>();
    long time = LocalDate.parse("2017-01-03").atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000;
    for (String line : SharedFiles.lines("indicators/quotes.csv").stream().skip(1).toList()) {
      List<BigDecimal> fields =
          List.of(line.split(",", -1)).subList(1, 6).stream().map(BigDecimal::new).toList();
      rows.add(new HistoryRow.OfBar(DAYS, bar(Frame.DAY, time, fields)));
      time += DAY;
    }
    return rows;
  }

  @Test
  void unknownSymbolHasNoValues() throws Exception {
    assertEquals(
        "{\"symbol\":\"NOTHING\",\"tf\":\"1m\",\"spec\":\"rsi-14\",\"indicators\":[]}",
        get("indicators/NOTHING?spec=rsi").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          spec=foo          | 'spec': no indicator: 'foo'; use rsi, macd,
          spec=rsi,rsi-14   | 'spec': 'rsi-14' is there twice; name it once
          spec=sma-900      | 'spec': length 1 of sma is 900; it must be a whole number from 1 to 500
          spec=sma-2-3      | write at most 1, as in sma-20
          spec=,            | 'spec': no indicator: ''
          tf=2x             | 'tf' is '2x', but should be a frame such as
          limit=5001        | 'limit' is '5001'
          """)
  void wrongParametersAreNamed(String query, String detail) throws Exception {
    HttpResponse<String> answer = rig.rest.get("/api/v1/indicators/BTCUSDT?" + query);
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains(detail), answer.body());
  }

  @Test
  void aPlusSignMayBeThereAsItIsInAChannel() throws Exception {
    JsonNode answer = get("indicators/BTCUSDT?limit=1&spec=rsi-14+ema-20%2Bsma-5");
    assertEquals("rsi-14+ema-20+sma-5", answer.path("spec").asString());
  }
}
