package dev.tapeline.feed.dhan.rest;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.ScriptedCalls;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.bar.study.BarFolding;
import dev.tapeline.market.bar.study.BarSessions;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.TradingCalendar;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bars of Dhan's charts, from recorded answers. */
class DhanBarsTest {

  /** 09:15 of 2024-09-11 in India. */
  private static final long OPEN = Instant.parse("2024-09-11T03:45:00Z").toEpochMilli();

  private static final long MINUTE = 60_000;
  private static final long DAY = 86_400_000;
  private static final URI HERE = URI.create("http://127.0.0.1:1");

  /** Half a tick, to which the vendor rounds prices that it has halved. */
  private static final BigDecimal ROUNDED = new BigDecimal("0.025");

  private final ScriptedCalls calls = new ScriptedCalls();
  private final DhanBars bars =
      new DhanBars(new DhanAccount(() -> "client", () -> "token", HERE, HERE), calls);

  private static String file(String name) throws Exception {
    return Files.readString(SharedFiles.path("dhan/" + name));
  }

  private List<Bar> minutes(long from, long to) throws Exception {
    return bars.read(HDFCBANK, Frame.MINUTE, from, to);
  }

  @Test
  void quartersOfMinutesAreThoseOfTheVendor() throws Exception {
    calls.answer(200, file("dhan_hdfcbank_1m_20240911_13.json"));
    List<Bar> minutes = minutes(OPEN, OPEN + 3 * DAY);
    assertEquals(1125, minutes.size());
    List<ChartBar> quarters =
        ChartBar.read(
            AnswerParser.JSON.readTree(file("dhan_hdfcbank_15m_20240911_13.json")),
            OPEN,
            OPEN + 3 * DAY);
    BarFolding folding =
        new BarFolding(new BarSessions(new TradingCalendar(List.of()), _ -> false, _ -> false));
    List<Bar> folded = folding.fold(HDFCBANK, Frame.parse("15m"), minutes, Long.MAX_VALUE);
    assertEquals(75, folded.size());
    for (int i = 0; i < folded.size(); i++) {
      assertSame(quarters.get(i), folded.get(i));
    }
  }

  /** The file of quarters is from after a bonus of one for one: prices halve, volumes double. */
  private static void assertSame(ChartBar quarter, Bar folded) {
    assertEquals(quarter.time(), folded.time());
    assertHalf(quarter.open(), folded.prices().open());
    assertHalf(quarter.high(), folded.prices().high());
    assertHalf(quarter.low(), folded.prices().low());
    assertHalf(quarter.close(), folded.prices().close());
    assertEquals(quarter.volume(), folded.volume().multiply(BigDecimal.TWO));
    assertEquals(Bar.UNKNOWN_COUNT, folded.count());
  }

  private static void assertHalf(BigDecimal half, BigDecimal whole) {
    BigDecimal difference = whole.divide(BigDecimal.TWO).subtract(half).abs();
    assertTrue(difference.compareTo(ROUNDED) <= 0, () -> half + " of " + whole);
  }

  @Test
  void wholeDaysOfIndiaAreAskedFor() throws Exception {
    calls.answer(200, file("dhan_hdfcbank_1m_20240911_13.json"));
    List<Bar> two = minutes(OPEN + MINUTE, OPEN + 3 * MINUTE);
    assertEquals(List.of(OPEN + MINUTE, OPEN + 2 * MINUTE), two.stream().map(Bar::time).toList());
    String body = String.valueOf(calls.calls().getFirst().json());
    assertTrue(body.contains("\"fromDate\":\"2024-09-11 00:00:00\""), body);
    assertTrue(body.contains("\"toDate\":\"2024-09-12 00:00:00\""), body);
    assertTrue(body.contains("\"interval\":\"1\""), body);
  }

  @Test
  void longestSpanIsNeverMoreThanNinetyDays() throws Exception {
    calls.answer(200, "{}");
    long from = OPEN + 10 * 3_600_000;
    assertEquals(List.of(), minutes(from, from + bars.longest(Frame.MINUTE).toMillis()));
    String body = String.valueOf(calls.calls().getFirst().json());
    assertTrue(body.contains("\"fromDate\":\"2024-09-11 00:00:00\""), body);
    assertTrue(body.contains("\"toDate\":\"2024-12-10 00:00:00\""), body);
  }

  @Test
  void dayIsAtMidnightOfIndiaAndItsEndIsExclusive() throws Exception {
    calls.answer(
        200,
        "{\"open\":[1687],\"high\":[1.687E3],\"low\":[1651.25],\"close\":[1664.9],"
            + "\"volume\":[1.7454579E7],\"timestamp\":[1.7375706E9]}");
    long midnight = 1_737_570_600_000L;
    List<Bar> days = bars.read(HDFCBANK, Frame.DAY, midnight, midnight + 1);
    assertEquals(
        List.of(
            new Bar(
                Frame.DAY,
                midnight,
                new Ohlc(
                    new BigDecimal("1687"),
                    new BigDecimal("1687"),
                    new BigDecimal("1651.25"),
                    new BigDecimal("1664.9")),
                new BigDecimal("17454579"),
                Bar.UNKNOWN_COUNT,
                Bar.State.CLOSED)),
        days);
    String body = String.valueOf(calls.calls().getFirst().json());
    assertTrue(body.contains("\"fromDate\":\"2025-01-23\",\"toDate\":\"2025-01-24\""), body);
  }

  @Test
  void indexHasNoVolumeAndNoDigitsOfAFloat() throws Exception {
    calls.answer(
        200,
        "{\"open\":[23092.19921875],\"high\":[23100],\"low\":[23090],\"close\":[23095.5],"
            + "\"volume\":[0],\"timestamp\":[%d]}".formatted(OPEN / 1_000));
    Bar bar = bars.read(NIFTY, Frame.MINUTE, OPEN, OPEN + MINUTE).getFirst();
    assertNull(bar.volume());
    assertEquals(new BigDecimal("23092.2"), bar.prices().open());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {"open":[],"high":[],"low":[],"close":[],"volume":[],"timestamp":[]}
          400 | {"errorType":"Input","errorCode":"DH-905","errorMessage":"no data present"}
          200 | {"open":[0],"high":[0],"low":[0],"close":[0],"volume":[0],"timestamp":[1726026300]}
          """)
  void nothingThereIsNoFailure(int status, String body) throws Exception {
    calls.answer(status, body);
    assertEquals(List.of(), minutes(OPEN, OPEN + MINUTE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          429 | {"errorType":"Rate_Limit","errorCode":"DH-904","errorMessage":"Too many requests"}| true
          200 | {"open":[1650.4,1648.5                                                            | false
          502 | <html>bad gateway</html>                                                          | false
          400 | {"errorType":"Order_Error","errorCode":"DH-906","errorMessage":"Invalid Token"}   | false
          """)
  void failuresAreToldAndTooManyCallsRest(int status, String body, boolean rests) {
    calls.answer(status, body);
    FeedException failure = assertThrows(FeedException.class, () -> minutes(OPEN, OPEN + MINUTE));
    assertTrue(
        String.valueOf(failure.getMessage()).startsWith("Dhan's charts: "), failure::toString);
    assertEquals(rests ? List.of(DhanCalls.DATA) : List.of(), calls.rested());
  }

  @Test
  void otherVendorsInstrumentsAreNotCovered() {
    assertTrue(bars.covers(HDFCBANK));
    assertFalse(bars.covers(Instrument.binance("BTCUSDT")));
  }
}
