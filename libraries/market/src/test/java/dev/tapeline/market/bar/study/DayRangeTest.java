package dev.tapeline.market.bar.study;

import static dev.tapeline.market.bar.study.BarTape.COIN;
import static dev.tapeline.market.bar.study.BarTape.SHARE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Bars of days whose open, high and low the vendor tells. */
class DayRangeTest {

  private static BarTape seen(String... frames) {
    return BarTape.of(frames).time("09:00").lastPrice(SHARE, "09:00", "100");
  }

  @Test
  void theDayTakesWhatASampledFeedHasNotSeen() {
    BarTape tape = seen("1m", "1d").time("09:15").trade("09:15:01", "100", "10");
    tape.time("09:16:01").trade("09:16:01", "101", "10");
    tape.dayRange(SHARE, "09:16:01", "99.5", "102", "99").time("15:31");
    assertEquals(
        List.of(
            "1m 1 09:15:00 100 100 100 100 v10 n1 closed",
            "1m 1 09:16:00 101 101 101 101 v10 n1 closed",
            "1d 1 09:15:00 99.5 102 99 101 v20 n2 closed rev1"),
        tape.take());
  }

  @Test
  void theOpenOfTheVendorStaysThatOfTheDay() {
    BarTape tape = seen("1d").time("09:15").trade("09:15:01", "100", "10");
    tape.time("09:17").trade("09:17", "101", "1").dayRange(SHARE, "09:17", "99", "103", "98");
    tape.trade("09:15:00", "97", "1").time("15:31"); // late, and the earliest that was seen
    assertEquals(List.of("1d 1 09:15:00 99 103 97 101 v12 n3 closed rev1"), tape.take("1d"));
  }

  @Test
  void figuresThatDoNotCoverWhatWasSeenAreOfAnotherTime() {
    BarTape tape = seen("1d").time("09:15").trade("09:15:01", "100", "10");
    tape.time("09:17").trade("09:17", "101", "1");
    tape.dayRange(SHARE, "09:17", "100", "100.5", "98"); // the high is too low
    tape.dayRange(SHARE, "09:17", "100", "110", "100.5"); // the low is too high
    tape.dayRange(SHARE, "09:17", "95", "110", "96"); // the open is none of its prices
    tape.time("15:31");
    assertEquals(List.of("1d 1 09:15:00 100 101 100 101 v11 n2 closed"), tape.take("1d"));
  }

  @Test
  void figuresBeforeTheFirstTradeAreOfTheDayBefore() {
    BarTape tape = seen("1d").dayRange(SHARE, "09:10", "100", "120", "90");
    tape.time("09:15").dayRange(SHARE, "09:15", "100", "120", "90");
    tape.trade("09:15:01", "100", "10").time("15:31");
    assertEquals(List.of("1d 1 09:15:00 100 100 100 100 v10 n1 closed"), tape.take("1d"));
  }

  @Test
  void theSameFiguresCountAgainOnTheNextDay() {
    BarTape tape = seen("1d").time("09:15").trade("09:15:01", "100", "1");
    tape.time("09:17").dayRange(SHARE, "09:17", "100", "120", "90").time("15:31").take();
    tape.time("2T09:15").trade("2T09:15:01", "105", "1").time("2T09:17");
    tape.dayRange(SHARE, "2T09:17", "100", "120", "90").time("2T15:31");
    assertEquals(List.of("1d 2 09:15:00 100 120 90 105 v1 n1 closed rev1"), tape.take("1d"));
  }

  @Test
  void weeksAndMonthsGoAsFarAsTheirDays() {
    BarTape tape = seen("1d", "1w", "1M").time("09:15").trade("09:15:01", "100", "1");
    tape.time("09:17").dayRange(SHARE, "09:17", "99", "120", "90").time("15:31");
    tape.time("2T09:15").trade("2T09:15:01", "105", "1").time("2T09:17");
    tape.dayRange(SHARE, "2T09:17", "104", "130", "95").time("30T16:00");
    assertEquals(
        List.of(
            "1d 1 09:15:00 99 120 90 100 v1 n1 closed rev1",
            "1d 2 09:15:00 104 130 95 105 v1 n1 closed rev1",
            "1w 1 09:15:00 99 130 90 105 v2 n2 closed rev1",
            "1M 1 09:15:00 99 130 90 105 v2 n2 closed rev1"),
        tape.take());
  }

  @Test
  void figuresOfTheLast24HoursAreNotThoseOfADay() {
    BarTape tape = BarTape.of("1d").time("05:30").trade(COIN, "05:30:01", "100", "1");
    tape.time("05:32").dayRange(COIN, "05:32", "99", "120", "90").time("2T05:31");
    assertEquals(List.of("1d 1 05:30:00 100 100 100 100 v1 n1 closed partial"), tape.take("1d"));
  }
}
