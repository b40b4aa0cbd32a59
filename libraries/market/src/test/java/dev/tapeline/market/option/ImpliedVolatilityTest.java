package dev.tapeline.market.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.ImpliedVolatility.Absent;
import dev.tapeline.market.option.ImpliedVolatility.Found;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volatilities of prices, compared with rows of {@code tools/option/grid.py}. */
class ImpliedVolatilityTest {

  private static final double EPSILON = Math.ulp(1.0);

  /** The rows of a file, without its heading. */
  private static List<String[]> rows(String name) {
    try (InputStream in = ImpliedVolatilityTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }

  /** The greatest error that a double price leaves room for is about one factor. */
  private static void assertClose(String[] row, double expected, double got, double factor) {
    assertTrue(
        Math.abs(got - expected) <= 4 * factor * EPSILON * expected,
        () -> String.join(" ", row) + ": " + got);
  }

  @Test
  void normalisedPricesGiveTheirDeviation() {
    List<String[]> rows = rows("normalised.tsv");
    assertTrue(rows.size() > 700, () -> rows.size() + " rows");
    for (String[] row : rows) {
      double s = new ImpliedDeviation(number(row[0])).of(number(row[1]));
      assertClose(row, number(row[2]), s, number(row[3]));
    }
  }

  @Test
  void pricesOfAMarketGiveTheirVolatility() {
    List<String[]> rows = rows("market.tsv");
    assertTrue(rows.size() > 1500, () -> rows.size() + " rows");
    for (String[] row : rows) {
      Black76 option =
          new Black76(Right.valueOf(row[0]), number(row[1]), number(row[2]), number(row[3]), 0);
      Found found = (Found) option.implied(number(row[4]));
      assertClose(row, number(row[5]), found.value(), number(row[6]));
    }
  }

  @Property
  void thePriceOfTheVolatilityIsThePrice(
      @ForAll Right right,
      @ForAll @DoubleRange(min = 1, max = 1e5) double forward,
      @ForAll @DoubleRange(min = 0.5, max = 2) double ratio,
      @ForAll @IntRange(min = 1, max = 2_500_000) int minutes,
      @ForAll @DoubleRange(min = 0, max = 0.1) double rate,
      @ForAll @DoubleRange(min = 0.01, max = 4) double volatility) {
    Black76 option = new Black76(right, forward, forward * ratio, minutes / 525_600.0, rate);
    double price = option.price(volatility);
    switch (option.implied(price)) {
      case Found(double implied) ->
          assertEquals(price, option.price(implied), 1e-13 * Math.max(forward, price));
      case Absent why ->
          assertTrue(
              why == Absent.NO_PRICE && price == 0 || why == Absent.BELOW_INTRINSIC,
              () -> why + " of " + price);
    }
  }

  @Property
  void callsAndPutsOfOneStrikeDifferByTheForward(
      @ForAll @DoubleRange(min = 10, max = 1e5) double forward,
      @ForAll @DoubleRange(min = 0.5, max = 2) double ratio,
      @ForAll @DoubleRange(min = 0.05, max = 2) double volatility) {
    Black76 call = new Black76(Right.CALL, forward, forward * ratio, 0.25, 0.05);
    Black76 put = new Black76(Right.PUT, forward, forward * ratio, 0.25, 0.05);
    assertEquals(
        call.discount() * (forward - forward * ratio),
        call.price(volatility) - put.price(volatility),
        1e-12 * forward);
  }

  @ParameterizedTest
  @CsvSource({
    "CALL, 100, 90, 0.5, 9.99, BELOW_INTRINSIC",
    "PUT, 100, 110, 0.5, 9.99, BELOW_INTRINSIC",
    "CALL, 100, 90, 0.5, 100, ABOVE_MAXIMUM",
    "CALL, 100, 110, 0.5, 100, ABOVE_MAXIMUM",
    "PUT, 100, 90, 0.5, 90, ABOVE_MAXIMUM",
    "PUT, 100, 90, 0.5, Infinity, ABOVE_MAXIMUM",
    "CALL, 100, 90, 0, 11, NO_TIME",
    "CALL, 100, 90, -1, 11, NO_TIME",
    "CALL, 100, 90, NaN, 11, NO_TIME",
    "CALL, 100, 90, 0.5, 0, NO_PRICE",
    "CALL, 100, 90, 0.5, -1, NO_PRICE",
    "CALL, 100, 90, 0.5, NaN, NO_PRICE",
    "CALL, 0, 90, 0.5, 11, NO_FORWARD",
    "CALL, 100, -90, 0.5, 11, NO_FORWARD",
    "CALL, NaN, 90, 0.5, 11, NO_FORWARD",
    "CALL, 100, Infinity, 0.5, 11, NO_FORWARD",
  })
  void whereThereIsNoneTheReasonIsTold(
      Right right, double forward, double strike, double years, double price, Absent why) {
    assertEquals(why, new Black76(right, forward, strike, years, 0).implied(price));
  }

  @Test
  void thePriceOfExerciseImpliesNoVolatility() {
    assertEquals(new Found(0), new Black76(Right.CALL, 100, 90, 0.5, 0).implied(10));
  }

  @Test
  void oneSecondToTheExpiryIsATime() {
    double years = 1_000 / 31_536_000_000.0;
    Black76 option = new Black76(Right.CALL, 24321.5, 24400, years, 0);
    double implied = ((Found) option.implied(0.05)).value();
    assertEquals(7.05, implied, 0.005);
    assertEquals(0.05, option.price(implied), 1e-14);
  }
}
