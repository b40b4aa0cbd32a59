package dev.tapeline.rest.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.rest.http.ProblemException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far back bars are read, over a series of seconds whose sessions are days of UTC. */
class EarlierBarsTest {

  private static final long SECOND = 1_000;
  private static final long DAY = 86_400 * SECOND;
  private static final Frame FRAME = Frame.parse("1s");
  private static final Ohlc PRICES =
      new Ohlc(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE);

  /** The first bar of the series. */
  private static final long BEGIN = 10 * DAY + DAY / 2;

  private static Bar bar(long time) {
    return new Bar(FRAME, time, PRICES, BigDecimal.ONE, 1, Bar.State.CLOSED);
  }

  private static Candles page(List<Bar> bars, boolean hasOlder, boolean hasNewer) {
    return new Candles(
        "X",
        FRAME,
        null,
        bars,
        hasOlder ? bars.getFirst().time() : null,
        hasNewer ? bars.getLast().time() + 1 : null,
        Set.of(),
        false);
  }

  /** A page of the series, of 700 bars at most: what is made of shorter bars may be cut. */
  private static Candles read(CandlePages.Wish wish) {
    TimeRange range = wish.range();
    long first = Math.max(BEGIN, -Math.floorDiv(-range.from(), SECOND) * SECOND);
    long end = -Math.floorDiv(-range.to(), SECOND) * SECOND;
    long most = Math.min(700, wish.limit()) * SECOND;
    long from = range.isFromStart() ? first : Math.max(first, end - most);
    long to = range.isFromStart() ? Math.min(end, first + most) : end;
    List<Bar> bars =
        LongStream.range(0, Math.max(0, (to - from) / SECOND))
            .mapToObj(i -> bar(from + i * SECOND))
            .toList();
    return page(bars, from > first && !bars.isEmpty(), to < end && !bars.isEmpty());
  }

  private static List<Bar> earlier(String spec, long time) {
    StoredSessions sessions = StoredSessions.ofDays();
    List<Bar> bars = new ArrayList<>();
    new EarlierBars(page(List.of(bar(time)), true, true), EarlierBarsTest::read, sessions)
        .forEach(IndicatorSpec.parse(spec), bars::add);
    for (int i = 0; i < bars.size(); i++) { // each once, up to the page
      assertEquals(time - (bars.size() - i) * SECOND, bars.get(i).time());
    }
    return bars;
  }

  /** Day 0 has 43,200 bars. A page begins so many seconds after the begin of a day. */
  @ParameterizedTest
  @CsvSource({
    "sma-3, 2, 2000, 250", // the usual depth
    "ema-200, 2, 2000, 1600",
    "vwap, 2, 2000, 2001", // the session, and the bar before it
    "vwap+ema-200, 2, 100, 1600",
    "pivots, 2, 2000, 88401", // the session before too
    "vwap, 0, 50000, 6800", // the session in which the series begins
    "pivots, 0, 43300, 100",
    "obv, 1, 10, 43210", // all
    "obv, 0, 43200, 0"
  })
  void asManyBarsAreReadAsCount(String spec, int day, long seconds, int bars) {
    assertEquals(bars, earlier(spec, (10 + day) * DAY + seconds * SECOND).size());
  }

  @Test
  void tooManyAreRefused() {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> earlier("rsi+obv", 13 * DAY));
    assertTrue(String.valueOf(refused.getMessage()).contains("'rsi-14+obv'"), refused::getMessage);
  }
}
