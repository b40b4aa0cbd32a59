package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.rest.history.Backfill;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import java.math.BigDecimal;
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
import tools.jackson.databind.json.JsonMapper;

/** Candles of a live series with an outage, in a real database, joined with those of the vendor. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoinedCandlesTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long MINUTE = 60_000;

  /** 11:00 of the day of the rig, whose clock says 12:00:15. */
  private static final long ELEVEN = RestRig.NOW.toEpochMilli() - 60 * MINUTE - 15_000;

  private static final Series LIVE = new Series("BTCUSDT", "replay", Origin.LIVE);
  private static final Series FETCHED = new Series("BTCUSDT", "replay", Origin.BACKFILL);

  private HistoryRig rig;

  @BeforeAll
  void start() {
    rig = new HistoryRig(Map.of(), rows());
    putForming("15m", ELEVEN + 60 * MINUTE, "170", true);
    putForming("1h", ELEVEN + 60 * MINUTE, "170", true);
    putForming("30m", ELEVEN + 60 * MINUTE, "170", false);
  }

  /**
   * Live minutes of 11:00 to 12:00 without those from 11:20 to 11:29, the next of which is partial.
   * The vendor has them all from 10:50 on.
   */
  private static List<HistoryRow> rows() {
    List<HistoryRow> rows = new ArrayList<>();
    for (int i = 0; i <= 60; i++) {
      if (i < 20 || i >= 30) {
        Bar.State state = new Bar.State(true, 0, i == 30);
        rows.add(new HistoryRow.OfBar(LIVE, bar(i, 100 + i, 2, state)));
      }
    }
    for (int i = -10; i <= 30; i++) {
      rows.add(new HistoryRow.OfBar(FETCHED, bar(i, 200 + i, Bar.UNKNOWN_COUNT, Bar.State.CLOSED)));
    }
    return rows;
  }

  private static Bar bar(int minute, int price, long count, Bar.State state) {
    BigDecimal exact = BigDecimal.valueOf(price);
    return new Bar(
        Frame.MINUTE,
        ELEVEN + minute * MINUTE,
        new Ohlc(exact, exact, exact, exact),
        BigDecimal.ONE,
        count,
        state);
  }

  private void putForming(String frame, long time, String price, boolean partial) {
    String json =
        "{\"symbol\":\"BTCUSDT\",\"tf\":\"%s\",\"t\":%d,\"o\":%3$s,\"h\":%3$s,\"l\":%3$s,\"c\":%3$s,"
                .formatted(frame, time, price)
            + "\"v\":3,\"n\":4,\"closed\":false%s}".formatted(partial ? ",\"partial\":true" : "");
    rig.put(json);
  }

  @AfterAll
  void close() {
    rig.close();
  }

  private JsonNode get(String path) throws Exception {
    return rig.get(path);
  }

  private static List<Long> minutes(JsonNode answer) {
    return StreamSupport.stream(answer.path("candles").spliterator(), false)
        .map(it -> (it.path("t").asLong() - ELEVEN) / MINUTE)
        .toList();
  }

  private static List<Long> range(int from, int to) {
    List<Long> all = new ArrayList<>();
    for (long i = from; i <= to; i++) {
      all.add(i);
    }
    return all;
  }

  @Test
  void outageHasTheVendorsBarsAndEachSaysWhoseItIs() throws Exception {
    JsonNode answer = get("candles/BTCUSDT?tf=1m&limit=1000");
    assertEquals("live", answer.path("origin").asString());
    assertEquals(range(-10, 60), minutes(answer));
    for (JsonNode candle : answer.path("candles")) {
      long minute = (candle.path("t").asLong() - ELEVEN) / MINUTE;
      boolean fetched = minute < 0 || minute >= 20 && minute <= 30;
      assertEquals(fetched ? "backfill" : "", candle.path("origin").asString(""));
      assertEquals(minute + (fetched ? 200 : 100), candle.path("o").asLong());
      assertEquals(!fetched, candle.has("n"), candle::toString);
      assertFalse(candle.has("partial"), candle::toString);
    }
  }

  @Test
  void seriesAreAsTheyAreIfOneIsNamed() throws Exception {
    assertEquals(51, minutes(get("candles/BTCUSDT?origin=live")).size());
    JsonNode vendors = get("candles/BTCUSDT?origin=backfill");
    assertEquals("backfill", vendors.path("origin").asString());
    assertEquals(range(-10, 30), minutes(vendors));
    assertFalse(vendors.path("candles").get(0).has("origin"));
  }

  @ParameterizedTest
  @CsvSource({"1m,7", "1m,11", "5m,2", "15m,1", "7m,3"})
  void pagesOverTheSeamHaveEachCandleOnce(String frame, int limit) throws Exception {
    List<Long> whole = minutes(get("candles/BTCUSDT?tf=" + frame));
    List<Long> paged = new ArrayList<>();
    String to = "";
    while (true) {
      JsonNode page = get("candles/BTCUSDT?tf=%s&limit=%d%s".formatted(frame, limit, to));
      paged.addAll(0, minutes(page));
      if (page.path("older").isMissingNode()) {
        break;
      }
      to = "&to=" + page.path("older").asLong();
    }
    assertEquals(whole, paged);
  }

  @Test
  void longerFramesAreMadeOfTheJoinedMinutes() throws Exception {
    JsonNode quarters = get("candles/BTCUSDT?tf=15m").path("candles");
    JsonNode second = quarters.get(2); // 11:15 to 11:29
    assertEquals(115, second.path("o").asLong());
    assertEquals(229, second.path("c").asLong());
    assertEquals(15, second.path("v").asLong());
    assertEquals("backfill", second.path("origin").asString());
    assertFalse(second.has("n"));
    assertFalse(quarters.get(4).has("origin"), quarters::toString);
  }

  @Test
  void formingBarThatBeganUnseenHasTheBeginOfTheMinutes() throws Exception {
    JsonNode forming = get("candles/BTCUSDT?tf=15m&limit=1").path("candles").get(0);
    assertEquals(160, forming.path("o").asLong());
    assertEquals(170, forming.path("h").asLong());
    assertEquals(160, forming.path("l").asLong());
    assertEquals(170, forming.path("c").asLong());
    assertTrue(forming.path("partial").asBoolean(), forming::toString);
    JsonNode whole = get("candles/BTCUSDT?tf=30m&limit=1").path("candles").get(0);
    assertEquals(170, whole.path("o").asLong());
  }

  @Test
  void answerSaysThatMoreIsComing() throws Exception {
    try (RestRig other = new RestRig(Map.of())) {
      other.history = rig.rest.history;
      List<Backfill.Wish> wishes = new ArrayList<>();
      other.backfill =
          (_, _, wish) -> {
            wishes.add(wish);
            return Optional.of(new Backfill.Filled(true, ELEVEN - 100 * MINUTE));
          };
      JsonNode answer = JSON.readTree(other.get("/api/v1/candles/BTCUSDT").body());
      assertTrue(answer.path("filling").asBoolean());
      assertEquals(ELEVEN - 100 * MINUTE, answer.path("older").asLong());
      other.get("/api/v1/candles/BTCUSDT?origin=live");
      other.get("/api/v1/candles/BTCUSDT?source=another");
      other.get("/api/v1/candles/NOTHING");
      assertEquals(1, wishes.size(), "the others name what can't be fetched");
      assertEquals(501, wishes.getFirst().count());
    }
  }

  @Test
  void lastColumnOfCsvIsTheOrigin() throws Exception {
    String csv =
        rig.rest
            .get(
                "/api/v1/candles/BTCUSDT?from=%d&limit=2".formatted(ELEVEN + 19 * MINUTE),
                "Accept",
                "text/csv")
            .body();
    assertEquals(
        """
        time,open,high,low,close,volume,count,closed,origin
        %d,119,119,119,119,1,2,true,live
        %d,220,220,220,220,1,,true,backfill
        """
            .formatted(ELEVEN + 19 * MINUTE, ELEVEN + 20 * MINUTE),
        csv);
  }
}
