package dev.tapeline.server.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.store.PostgresForTests;
import dev.tapeline.store.database.Database;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.sql.SqlHistory;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Candles and ticks from a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryApiTest {

  private static final long MINUTE = 60_000;

  /** 11:00 of the day of the rig, whose clock says 12:00:15. */
  private static final long ELEVEN = RestRig.NOW.toEpochMilli() - 60 * MINUTE - 15_000;

  private static final Series PAIR = new Series("BTCUSDT", "replay", Origin.LIVE);
  private static final Series SIMULATED = new Series("BTCUSDT", "simulator", Origin.SIMULATED);

  private static final Series CHAINS = new Series("NIFTY", "dhan", Origin.LIVE);
  private static final LocalDate EXPIRY = LocalDate.of(2026, 12, 8);

  private HistoryRig rig;

  @BeforeAll
  void start() {
    rig = new HistoryRig(Map.of(), rows());
    String forming =
        "{\"symbol\":\"BTCUSDT\",\"tf\":\"%s\",\"t\":%d,\"o\":160,\"h\":161.5,\"l\":160,"
            + "\"c\":161,\"v\":2.5,\"n\":2,\"closed\":false}";
    long noon = ELEVEN + 60 * MINUTE;
    rig.put(forming.formatted("1m", noon));
    rig.put(forming.formatted("15m", noon));
  }

  /** An hour of minutes, a minute of a simulation, and some trades. */
  static List<HistoryRow> rows() {
    List<HistoryRow> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) { // 11:00 to 11:59
      rows.add(new HistoryRow.OfBar(PAIR, bar(ELEVEN + i * MINUTE, 100 + i)));
    }
    rows.add(new HistoryRow.OfBar(SIMULATED, bar(ELEVEN, 7)));
    for (int i = 0; i < 5; i++) {
      rows.add(tick(ELEVEN + i / 2, i));
    }
    for (int i = 0; i < 3; i++) {
      String json = OptionChainApiTest.CHAIN.formatted(EXPIRY);
      rows.add(new HistoryRow.OfChain(CHAINS, EXPIRY, ELEVEN + i * MINUTE, json.getBytes(UTF_8)));
    }
    return rows;
  }

  private static Bar bar(long time, int price) {
    BigDecimal exact = BigDecimal.valueOf(price * 100L, 2);
    return new Bar(
        Frame.MINUTE,
        time,
        new Ohlc(exact, exact.add(BigDecimal.ONE), exact, exact),
        new BigDecimal("1.50"),
        3,
        Bar.State.CLOSED);
  }

  private static HistoryRow.OfTick tick(long time, int number) {
    return new HistoryRow.OfTick(
        PAIR,
        time,
        number == 0 ? Tick.NO_ID : number,
        0,
        new BigDecimal("100.10"),
        BigDecimal.ONE,
        Side.SELL);
  }

  @AfterAll
  void close() {
    rig.close();
  }

  private JsonNode get(String path) throws Exception {
    return rig.get(path);
  }

  private static List<Long> times(JsonNode answer, String name) {
    return StreamSupport.stream(answer.path(name).spliterator(), false)
        .map(it -> (it.path("t").asLong() - ELEVEN) / MINUTE)
        .toList();
  }

  @Test
  void storedBarsAndTheFormingOneAreJoined() throws Exception {
    JsonNode answer = get("candles/BTCUSDT?tf=1m&limit=3");
    assertEquals(
        "{\"symbol\":\"BTCUSDT\",\"tf\":\"1m\",\"source\":\"replay\",\"origin\":\"live\",\"candles\":["
            + "{\"t\":%d,\"o\":158,\"h\":159,\"l\":158,\"c\":158,\"v\":1.5,\"n\":3,\"closed\":true},"
                .formatted(ELEVEN + 58 * MINUTE)
            + "{\"t\":%d,\"o\":159,\"h\":160,\"l\":159,\"c\":159,\"v\":1.5,\"n\":3,\"closed\":true},"
                .formatted(ELEVEN + 59 * MINUTE)
            + "{\"t\":%d,\"o\":160,\"h\":161.5,\"l\":160,\"c\":161,\"v\":2.5,\"n\":2,\"closed\":false}],"
                .formatted(ELEVEN + 60 * MINUTE)
            + "\"older\":%d}".formatted(ELEVEN + 58 * MINUTE),
        answer.toString());
  }

  @Test
  void longerFramesAreMadeOfStoredOnes() throws Exception {
    JsonNode answer = get("candles/BTCUSDT?tf=15m");
    assertEquals(List.of(0L, 15L, 30L, 45L, 60L), times(answer, "candles"));
    JsonNode quarter = answer.path("candles").get(1);
    assertEquals(
        "{\"t\":%d,\"o\":115,\"h\":130,\"l\":115,\"c\":129,\"v\":22.5,\"n\":45,\"closed\":true}"
            .formatted(ELEVEN + 15 * MINUTE),
        quarter.toString());
    assertTrue(answer.path("candles").get(3).path("closed").asBoolean());
    assertFalse(answer.path("candles").get(4).path("closed").asBoolean());
  }

  @ParameterizedTest
  @CsvSource({"1m,7", "5m,2", "15m,1", "7m,3"})
  void pagesBackInTimeHaveEachCandleOnce(String frame, int limit) throws Exception {
    List<Long> whole = times(get("candles/BTCUSDT?tf=" + frame), "candles");
    List<Long> paged = new ArrayList<>();
    String to = "";
    while (true) {
      JsonNode page = get("candles/BTCUSDT?tf=%s&limit=%d%s".formatted(frame, limit, to));
      paged.addAll(0, times(page, "candles"));
      if (page.path("older").isMissingNode()) {
        break;
      }
      to = "&to=" + page.path("older").asLong();
    }
    assertEquals(whole, paged);
  }

  @ParameterizedTest
  @CsvSource({"1m,7", "5m,2", "15m,1", "7m,3"})
  void pagesForwardHaveEachCandleOnce(String frame, int limit) throws Exception {
    List<Long> whole = times(get("candles/BTCUSDT?tf=" + frame), "candles");
    List<Long> paged = new ArrayList<>();
    long from = 0;
    while (true) {
      JsonNode page = get("candles/BTCUSDT?tf=%s&limit=%d&from=%d".formatted(frame, limit, from));
      paged.addAll(times(page, "candles"));
      if (page.path("newer").isMissingNode()) {
        break;
      }
      from = page.path("newer").asLong();
    }
    assertEquals(whole, paged);
  }

  @Test
  void rangesTakeInstantsToo() throws Exception {
    JsonNode answer = get("candles/BTCUSDT?from=2024-01-01T11:10:00Z&to=2024-01-01T11:12:00Z");
    assertEquals(List.of(10L, 11L), times(answer, "candles"));
    assertEquals(List.of(), times(get("candles/BTCUSDT?to=2024-01-01T11:00:00Z"), "candles"));
  }

  @Test
  void seriesOfAnotherSourceIsThereByName() throws Exception {
    JsonNode answer = get("candles/BTCUSDT?source=simulator");
    assertEquals("simulated", answer.path("origin").asString());
    assertTrue(answer.path("simulated").asBoolean());
    assertEquals(List.of(0L), times(answer, "candles"));
    assertEquals(answer, get("candles/BTCUSDT?origin=simulated"));
  }

  @Test
  void unknownSymbolHasNoCandles() throws Exception {
    assertEquals(
        "{\"symbol\":\"NOTHING\",\"tf\":\"1m\",\"candles\":[]}", get("candles/NOTHING").toString());
  }

  @Test
  void candlesAndTicksComeAsCsv() throws Exception {
    HttpResponse<String> candles =
        rig.rest.get("/api/v1/candles/BTCUSDT?limit=2", "Accept", "text/csv");
    assertEquals(
        """
        time,open,high,low,close,volume,count,closed,origin
        %d,159,160,159,159,1.5,3,true,live
        %d,160,161.5,160,161,2.5,2,false,live
        """
            .formatted(ELEVEN + 59 * MINUTE, ELEVEN + 60 * MINUTE),
        candles.body());
    assertTrue(candles.headers().firstValue("Content-Type").orElse("").startsWith("text/csv"));
    HttpResponse<String> ticks =
        rig.rest.get("/api/v1/ticks/BTCUSDT?limit=2", "Accept", "text/csv");
    assertEquals(
        """
        time,symbol,price,quantity,side,id
        %1$d,BTCUSDT,100.1,1,sell,4
        """
            .formatted(ELEVEN + 2),
        ticks.body());
  }

  @Test
  void ticksHaveTheirTimesAndIds() throws Exception {
    assertEquals(
        "{\"symbol\":\"BTCUSDT\",\"source\":\"replay\",\"origin\":\"live\",\"ticks\":["
            + "{\"t\":%1$d,\"p\":100.1,\"q\":1,\"side\":\"sell\",\"id\":1},".formatted(ELEVEN)
            + "{\"t\":%1$d,\"p\":100.1,\"q\":1,\"side\":\"sell\"}],".formatted(ELEVEN)
            + "\"newer\":%d}".formatted(ELEVEN + 1),
        get("ticks/BTCUSDT?from=0&limit=3").toString());
  }

  @Test
  void pagesOfTicksHaveEachOnce() throws Exception {
    List<Long> ids = new ArrayList<>();
    long from = 0;
    while (true) {
      JsonNode page = get("ticks/BTCUSDT?limit=1&from=" + from);
      page.path("ticks").forEach(tick -> ids.add(tick.path("id").asLong(0)));
      if (page.path("newer").isMissingNode()) {
        break;
      }
      from = page.path("newer").asLong();
    }
    assertEquals(List.of(1L, 0L, 2L, 3L, 4L), ids);
  }

  @Test
  void snapshotsOfChainsComeInOrderOfTime() throws Exception {
    String chain = OptionChainApiTest.CHAIN.formatted(EXPIRY);
    String head =
        "{\"symbol\":\"NIFTY\",\"expiry\":\"2026-12-08\",\"source\":\"dhan\",\"origin\":\"live\",";
    assertEquals(
        head + "\"snapshots\":[%s,%s],\"older\":%d}".formatted(chain, chain, ELEVEN + MINUTE),
        rig.rest.get("/api/v1/option-chain/NIFTY/2026-12-08/history?limit=2").body());
    assertEquals(
        head + "\"snapshots\":[%s],\"newer\":%d}".formatted(chain, ELEVEN + 1),
        rig.rest.get("/api/v1/option-chain/NIFTY/2026-12-08/history?limit=1&from=0").body());
    assertEquals(
        "{\"symbol\":\"NIFTY\",\"expiry\":\"2026-12-15\",\"snapshots\":[]}",
        rig.rest.get("/api/v1/option-chain/NIFTY/2026-12-15/history?limit=2").body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          candles/BTCUSDT?tf=2x     | 400 | 'tf' is '2x', but should be a frame such as
          candles/BTCUSDT?limit=0   | 400 | 'limit' is '0'
          candles/BTCUSDT?limit=9999| 400 | 'limit' is '9999', but should be a number from 0 to 5000
          candles/BTCUSDT?from=soon | 400 | 'from' is 'soon', but should be an instant such as
          candles/BTCUSDT?from=2&to=1 | 400 | 'to' is '1', but should be a time after 'from'
          candles/BTCUSDT?origin=x  | 400 | one of backfill, live, replay, simulated
          option-chain/NIFTY/2026-12-08/history?limit=101 | 400 | a number from 0 to 100
          option-chain/NIFTY/2026-12-08/history?from=soon | 400 | 'from' is 'soon'
          option-chain/NIFTY/2026-12-08/history?origin=x | 400 | one of backfill, live
          candles/a%20b             | 400 | should be a symbol such as NIFTY
          """)
  void wrongParametersAreNamed(String path, int status, String detail) throws Exception {
    HttpResponse<String> answer = rig.rest.get("/api/v1/" + path);
    assertEquals(status, answer.statusCode());
    assertTrue(answer.body().contains(detail), answer.body());
  }

  @Test
  void otherFormsAreRefused() throws Exception {
    HttpResponse<String> answer = rig.rest.get("/api/v1/candles/BTCUSDT", "Accept", "image/png");
    assertEquals(406, answer.statusCode());
    assertTrue(
        answer.body().contains("text/csv or application/vnd.apache.arrow.stream"), answer.body());
  }

  @Test
  void databaseThatIsAwayIsAProblem() throws Exception {
    try (RestRig other = new RestRig(Map.of())) {
      HttpResponse<String> none = other.get("/api/v1/candles/BTCUSDT");
      assertEquals(404, none.statusCode());
      assertTrue(none.body().contains("this server keeps no history"), none.body());
      Database away = PostgresForTests.upDatabase();
      other.history = Optional.of(new SqlHistory(away.jdbi()));
      away.close();
      HttpResponse<String> answer = other.get("/api/v1/candles/BTCUSDT");
      assertEquals(503, answer.statusCode());
      assertTrue(answer.body().contains("the history can't be read now"), answer.body());
      String chains = "/api/v1/option-chain/NIFTY/2026-12-08/history?limit=1";
      assertEquals(503, other.get(chains).statusCode());
    }
  }
}
