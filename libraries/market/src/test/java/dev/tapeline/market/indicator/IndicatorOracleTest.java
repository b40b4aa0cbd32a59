package dev.tapeline.market.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Indicators over 502 days, against results that others have verified. */
class IndicatorOracleTest {

  @ParameterizedTest
  @CsvSource({
    "rsi-14, 0, rsi.json, rsi, 14",
    "macd-12-26-9, 0, macd.json, macd, 25",
    "macd-12-26-9, 1, macd.json, signal, 33",
    "macd-12-26-9, 2, macd.json, histogram, 33",
    "ema-20, 0, ema.json, ema, 19",
    "ema-12, 0, macd.json, fastEma, 11",
    "sma-20, 0, sma.json, sma, 19",
    "atr-14, 0, atr.json, atr, 14",
    "bb-20-2, 0, bb.json, sma, 19",
    "bb-20-2, 1, bb.json, upperBand, 19",
    "bb-20-2, 2, bb.json, lowerBand, 19",
    "bb-20-2, 3, bb.json, percentB, 19",
    "bb-20-2, 4, bb.json, width, 19",
    "vwap-1, 0, vwap.json, vwap, 0",
    "stoch-14-3-3, 0, stoch.json, k, 15",
    "stoch-14-3-3, 1, stoch.json, d, 17",
    "adx-14, 0, adx.json, adx, 27",
    "adx-14, 1, adx.json, pdi, 14",
    "adx-14, 2, adx.json, mdi, 14"
  })
  void valuesAreThoseOfTheOracleFromTheSameBarOn(
      String spec, int place, String file, String column, int first) {
    List<@Nullable Double> expected = IndicatorOracle.column(file, column);
    assertEquals(502, expected.size());
    List<@Nullable Double> actual = Figures.of(spec, place, whole("quotes.csv"));
    Figures.assertAlike(expected, actual, spec + " " + column);
    assertEquals(first, firstOf(actual), "the first bar of " + column);
  }

  private static List<BarValues> whole(String file) {
    return IndicatorOracle.bars(file).stream().map(Objects::requireNonNull).toList();
  }

  private static int firstOf(List<@Nullable Double> values) {
    return (int) values.stream().takeWhile(Objects::isNull).count();
  }

  /** TA-Lib's figures of other indicators and lengths, made by {@code tools/indicator/spot.py}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "wma-20", "wma-5", "cci-20", "cci-14", "obv", "rsi-9", "ema-50", "sma-200", "atr-7"
      })
  void valuesAreThoseOfTaLib(String spec) {
    List<@Nullable Double> actual = Figures.of(spec, 0, whole("quotes.csv"));
    Map<Integer, @Nullable Double> expected = IndicatorOracle.spots(spec);
    assertEquals(13, expected.size());
    expected.forEach((bar, right) ->
        Figures.assertAlike(
            Arrays.asList(right), actual.subList(bar, bar + 1), spec + " at bar " + bar));
  }

  /** Rows without values, rows of zeros, and prices that fall from 200 to 0.0002 and rise again. */
  @Test
  void badRowsLeaveNoTrace() {
    List<@Nullable BarValues> rows = IndicatorOracle.bars("bad.csv");
    List<BarValues> bars = rows.stream().filter(Objects::nonNull).toList();
    assertEquals(51, rows.size() - bars.size());
    IndicatorSpec spec = IndicatorSpec.DEFAULT;
    for (int place = 0; place < spec.values().size(); place++) {
      String name = spec.values().get(place);
      List<@Nullable Double> values = Figures.of(spec.toString(), place, bars);
      boolean vanishes = name.endsWith(".percentB") || name.endsWith(".width"); // among zeros
      assertEquals(
          vanishes,
          values.stream().skip(firstOf(values)).anyMatch(Objects::isNull),
          () -> name + " is absent after it was defined");
    }
  }

  /** Nothing was traded and nothing moves: there is no average price, and no place in a band. */
  @Test
  void zerosHaveValuesWhereTheyMeanSomething() {
    IndicatorSpec spec = IndicatorSpec.parse("rsi,macd,sma,atr,bb,vwap,stoch,adx,cci,obv");
    IndicatorSet set = new IndicatorSet(spec);
    Readings readings = new Readings(spec);
    whole("zeros.csv").forEach(bar -> set.update(bar, readings));
    assertEquals(
        Arrays.asList(
            50.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, null, null, null, null, null, 50.0, 50.0,
            0.0, 0.0, 0.0, 0.0, 0.0),
        Figures.all(readings));
  }

  @Test
  void theAveragePriceOfADayBeginsAnew() {
    List<BarValues> bars = whole("intraday.csv");
    int day = 391; // the first minutes of the second of four days
    List<BarValues> second = bars.subList(day, bars.size());
    List<BarValues> all = new ArrayList<>();
    for (int i = 0; i < bars.size(); i++) {
      all.add(bars.get(i).session(i < day ? 1 : 2, true));
    }
    Figures.assertAlike(
        Figures.of("vwap", 0, second), Figures.of("vwap", 0, all).subList(day, all.size()), "vwap");
  }
}
