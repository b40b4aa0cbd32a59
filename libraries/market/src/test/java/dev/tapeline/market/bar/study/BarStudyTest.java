package dev.tapeline.market.bar.study;

import static dev.tapeline.market.bar.study.BarTape.COIN;
import static dev.tapeline.market.bar.study.BarTape.FUTURE;
import static dev.tapeline.market.bar.study.BarTape.GOLD;
import static dev.tapeline.market.bar.study.BarTape.SHARE;
import static dev.tapeline.market.bar.study.BarTape.WITH_DERIVATIVES;
import static dev.tapeline.market.bar.study.BarTape.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How bars are anchored, closed, amended and told. */
class BarStudyTest {

  /** A tape that has seen the share before the open. */
  private static BarTape seen(String... frames) {
    return BarTape.of(frames).time("09:00").lastPrice(SHARE, "09:00", "99");
  }

  @Test
  void aBarIsClosedByTheNextTradeAfterIt() {
    BarTape tape = seen("1m").time("09:15");
    tape.trade("09:15:00", "100", "10")
        .trade("09:15:30", "102.5", "5")
        .trade("09:15:59", "99", "1");
    assertEquals(List.of(), tape.take());
    tape.trade("09:16:00", "101", "7");
    assertEquals(List.of("1m 1 09:15:00 100 102.5 99 99 v16 n3 closed"), tape.take());
  }

  @Test
  void aBarIsClosedByTheTimeAloneHalfASecondAfterItsEnd() {
    BarTape tape = seen("1m").time("09:15").trade("09:15:01", "100", "10");
    tape.time("09:16:00").time("09:16:00.450");
    assertEquals(List.of(), tape.take());
    tape.time("09:16:00.500");
    assertEquals(List.of("1m 1 09:15:00 100 100 100 100 v10 n1 closed"), tape.take());
    tape.time("09:40");
    assertEquals(List.of(), tape.take());
  }

  @Test
  void aTradeComesBeforeTheBarThatItChanges() {
    BarTape tape = seen("1m").time("09:15");
    tape.wanted.set("1m");
    List<String> order = new ArrayList<>();
    tape.others =
        event -> {
          if (!(event instanceof MarketEvent.DayChanged)) {
            order.add(event.getClass().getSimpleName());
          }
        };
    tape.trade("09:15:01", "100", "10").trade("09:16:00.200", "100", "10").time("09:16:01");
    assertEquals(List.of("Traded", "BarChanged", "Traded", "BarChanged", "BarChanged"), order);
  }

  @Test
  void framesAreAnchoredAtTheOpenAndTheLastBarIsCutAtTheClose() {
    BarTape tape = seen("1h", "75m", "7m");
    tape.time("09:15").trade("09:15", "1", "1");
    tape.time("09:29:59").trade("09:29:59", "2", "1");
    tape.time("09:30").trade("09:30", "3", "1");
    tape.time("15:29").trade("15:29", "4", "1").time("15:30:01");
    assertEquals(
        List.of(
            "7m 1 09:15:00 1 1 1 1 v1 n1 closed",
            "7m 1 09:29:00 2 3 2 3 v2 n2 closed",
            "1h 1 09:15:00 1 3 1 3 v3 n3 closed",
            "75m 1 09:15:00 1 3 1 3 v3 n3 closed",
            "7m 1 15:26:00 4 4 4 4 v1 n1 closed",
            "1h 1 15:15:00 4 4 4 4 v1 n1 closed",
            "75m 1 14:15:00 4 4 4 4 v1 n1 closed"),
        tape.take());
  }

  @Test
  void eachClassOfMarketHasItsOwnAnchor() {
    BarTape tape = BarTape.of("1h");
    tape.time("09:00").trade(GOLD, "09:00:30", "1", "1").trade(COIN, "09:00:30", "1", "1");
    tape.time("09:15").trade(FUTURE, "09:15:30", "1", "1").time("10:20");
    assertEquals(
        List.of(
            "1h 1 09:00:00 1 1 1 1 v1 n1 closed partial", // MCX opens at nine
            "1h 1 08:30:00 1 1 1 1 v1 n1 closed partial", // 03:00 UTC
            "1h 1 09:15:00 1 1 1 1 v1 n1 closed partial"),
        tape.take().stream().sorted((a, b) -> order(a) - order(b)).toList());
  }

  private static int order(String line) {
    return List.of("09:00", "08:30", "09:15").indexOf(line.substring(5, 10));
  }

  @Test
  void aFutureTradesOnWhenSharesHaveClosed() {
    BarTape tape = BarTape.of("1m").time("15:00");
    tape.trade(FUTURE, "15:44:59", "1", "1").trade(SHARE, "15:31", "1", "1").time("15:46");
    assertEquals(List.of("1m 1 15:44:00 1 1 1 1 v1 n1 closed partial"), tape.take());
    assertEquals(1, tape.count(BarCounts.Reason.OUTSIDE_SESSION));
  }

  @Test
  void pricesOutsideOfTheSessionMakeNoBar() {
    BarTape tape = BarTape.of("1m", "1d").time("08:00");
    tape.trade("09:14:59.999", "1", "1").trade("15:30", "1", "1"); // before, and at the close
    tape.time("3T08:00").trade("3T10:00", "1", "1"); // a holiday
    tape.time("6T08:00").trade("6T10:00", "1", "1"); // a Saturday
    tape.time("6T20:00");
    assertEquals(List.of(), tape.take());
    assertEquals(4, tape.count(BarCounts.Reason.OUTSIDE_SESSION));
  }

  @Test
  void aSpecialSessionIsOneOfItsOwn() {
    BarTape tape = BarTape.of("30m", "1d").time("14T18:00").lastPrice(SHARE, "14T18:00", "1");
    tape.time("14T18:15").trade("14T18:16", "5", "1").time("14T18:50").trade("14T18:50", "6", "1");
    tape.time("14T20:00");
    assertEquals(
        List.of(
            "30m 14 18:15:00 5 5 5 5 v1 n1 closed",
            "30m 14 18:45:00 6 6 6 6 v1 n1 closed",
            "1d 14 18:15:00 5 6 5 6 v2 n2 closed"),
        tape.take());
  }

  @Test
  void aDateThatTheCalendarDoesNotCoverHasTheUsualHours() {
    BarTape tape = BarTape.of("1h").time(at("09:15") - 86_400_000L * 700);
    tape.trade(SHARE, at("09:16") - 86_400_000L * 700, "5", "1");
    tape.time(at("10:15:01") - 86_400_000L * 700);
    assertEquals(at("09:15") - 86_400_000L * 700, tape.bars.getFirst().bar().time());
  }

  @Test
  void daysWeeksAndMonthsBeginWithTheirFirstSession() {
    BarTape tape = seen("1d", "1w", "1M");
    for (String day : List.of("1", "2", "4", "8", "30")) {
      tape.time(day + "T09:15").trade(day + "T10:00", day, "1").time(day + "T15:30:01");
    }
    tape.time(at("30T15:31") + 86_400_000L * 3); // the week goes on to the third of July
    assertEquals(
        List.of(
            "1d 1 09:15:00 1 1 1 1 v1 n1 closed",
            "1d 2 09:15:00 2 2 2 2 v1 n1 closed",
            "1d 4 09:15:00 4 4 4 4 v1 n1 closed",
            "1w 1 09:15:00 1 4 1 4 v3 n3 closed",
            "1d 8 09:15:00 8 8 8 8 v1 n1 closed",
            "1w 8 09:15:00 8 8 8 8 v1 n1 closed",
            "1d 30 09:15:00 30 30 30 30 v1 n1 closed",
            "1M 1 09:15:00 1 30 1 30 v5 n5 closed",
            "1w 29 09:15:00 30 30 30 30 v1 n1 closed"),
        tape.take());
  }

  @Test
  void theDaysOfCoinsAreThoseOfUtc() {
    BarTape tape = BarTape.of("1d", "1w").time("7T05:00"); // 23:30 UTC on Saturday
    tape.trade(COIN, "7T05:00", "1", "1").time("8T05:29").trade(COIN, "8T05:29", "2", "1");
    tape.time("8T05:31");
    assertEquals(
        List.of(
            "1d 6 05:30:00 1 1 1 1 v1 n1 closed partial",
            "1d 7 05:30:00 2 2 2 2 v1 n1 closed",
            "1w 1 05:30:00 1 2 1 2 v2 n2 closed partial"),
        tape.take());
  }

  @Test
  void thePrintOfAClosingAuctionGoesToTheDayAlone() {
    BarTape tape = BarTape.of("1m", "1h", "1d", "1w").time("09:00");
    tape.lastPrice(WITH_DERIVATIVES, "09:00", "1");
    tape.time("15:14").trade(WITH_DERIVATIVES, "15:14:30", "10", "1");
    tape.time("15:35").trade(WITH_DERIVATIVES, "15:34:10", "12", "50").time("15:36");
    tape.time("5T16:00");
    assertEquals(
        List.of(
            "1m 1 15:14:00 10 10 10 10 v1 n1 closed",
            "1h 1 14:15:00 10 10 10 10 v1 n1 closed",
            "1d 1 09:15:00 10 12 10 12 v51 n2 closed",
            "1w 1 09:15:00 10 12 10 12 v51 n2 closed"),
        tape.take());
  }

  @Test
  void aBarWhoseBeginningWasNotSeenIsPartial() {
    BarTape tape = BarTape.of("1m", "5m").time("09:16:20").trade("09:16:20", "1", "1");
    tape.time("09:17").trade("09:17:00", "2", "1").time("09:20:01");
    tape.trade("09:20:01", "3", "1").time("09:25:01");
    assertEquals(
        List.of(
            "1m 1 09:16:00 1 1 1 1 v1 n1 closed partial",
            "1m 1 09:17:00 2 2 2 2 v1 n1 closed",
            "5m 1 09:15:00 1 2 1 2 v2 n2 closed partial",
            "1m 1 09:20:00 3 3 3 3 v1 n1 closed",
            "5m 1 09:20:00 3 3 3 3 v1 n1 closed"),
        tape.take());
  }

  @Test
  void aBarWithAGapOfTheFeedIsPartial() {
    BarTape tape = seen("1m", "5m").time("09:15").trade("09:15:10", "1", "1");
    tape.market.onFeed(false);
    tape.time("09:16:30");
    tape.market.onFeed(true);
    tape.trade("09:16:30", "2", "1").time("09:17").trade("09:17:10", "3", "1").time("09:20:01");
    tape.trade("09:20:02", "4", "1").time("09:21:01");
    assertEquals(
        List.of(
            "1m 1 09:15:00 1 1 1 1 v1 n1 closed partial",
            "1m 1 09:16:00 2 2 2 2 v1 n1 closed partial",
            "1m 1 09:17:00 3 3 3 3 v1 n1 closed",
            "5m 1 09:15:00 1 3 1 3 v3 n3 closed partial",
            "1m 1 09:20:00 4 4 4 4 v1 n1 closed"),
        tape.take());
  }

  @Test
  void aMinuteWithoutATradeHasNoBar() {
    BarTape tape = seen("1m").time("09:15").trade("09:15:10", "1", "1");
    tape.pass("09:15:10", "09:20").trade("09:20:10", "2", "1").time("09:21:01");
    assertEquals(2, tape.take().size());
  }

  @Test
  void anEmptyMinuteIsFlatWhereThatIsWantedButNotWhileTheFeedIsDown() {
    BarTape tape = new BarTape(BarRules.of(BarTape.frames("1m", "3m")).with(EmptyBars.FLAT));
    tape.time("09:00").lastPrice(SHARE, "09:00", "99").time("09:20");
    assertEquals(List.of(), tape.take()); // there is no close to go on from
    tape.time("15:21").trade("15:21:10", "7", "1").time("15:24:01");
    tape.market.onFeed(false);
    tape.time("15:26");
    tape.market.onFeed(true);
    tape.time("15:28").trade("15:28:10", "8", "1").time("16:00");
    assertEquals(
        List.of(
            "1m 1 15:21:00 7 7 7 7 v1 n1 closed",
            "1m 1 15:22:00 7 7 7 7 v0 n0 closed",
            "1m 1 15:23:00 7 7 7 7 v0 n0 closed",
            "3m 1 15:21:00 7 7 7 7 v1 n1 closed",
            "1m 1 15:28:00 8 8 8 8 v1 n1 closed",
            "1m 1 15:29:00 8 8 8 8 v0 n0 closed",
            "3m 1 15:27:00 8 8 8 8 v1 n1 closed"),
        tape.take());
  }

  @Test
  void aLateTradeAmendsItsBarAndThoseAboveIt() {
    BarTape tape = seen("1m", "5m", "15m").time("09:19").trade("09:19:59", "10", "1");
    tape.time("09:20").trade("09:20:00", "11", "1").time("09:20:10").take();
    tape.trade("09:19:58", "8", "2").trade("09:19:59.500", "9", "3");
    assertEquals(List.of(), tape.take());
    tape.time("09:20:10.500");
    assertEquals(
        List.of(
            "1m 1 09:19:00 8 10 8 9 v6 n3 closed rev1", "5m 1 09:15:00 8 10 8 9 v6 n3 closed rev1"),
        tape.take());
    tape.time("09:21").trade("09:19:40", "20", "1").time("09:21:01").time("09:30:01");
    assertEquals(
        List.of(
            "1m 1 09:19:00 20 20 8 9 v7 n4 closed rev2",
            "1m 1 09:20:00 11 11 11 11 v1 n1 closed",
            "5m 1 09:15:00 20 20 8 9 v7 n4 closed rev2",
            "5m 1 09:20:00 11 11 11 11 v1 n1 closed",
            "15m 1 09:15:00 20 20 8 11 v8 n5 closed rev2"),
        tape.take());
  }

  @Test
  void aTradeThatIsTooLateIsCountedAndNotApplied() {
    BarTape tape = seen("1m").time("09:15").trade("09:15:10", "1", "1").time("09:18");
    tape.take();
    tape.trade("09:18", "2", "1").trade("09:15:20", "3", "1").time("09:18:01");
    assertEquals(List.of(), tape.take());
    assertEquals(1, tape.count(BarCounts.Reason.TOO_LATE));
  }

  @Test
  void aLateTradeOfAMinuteWithoutABarMakesOne() {
    BarTape tape = seen("1m").time("09:15").trade("09:15:10", "1", "1");
    tape.time("09:17:10").trade("09:17:10", "2", "1").trade("09:16:50", "3", "1").time("09:17:11");
    assertEquals(
        List.of("1m 1 09:15:00 1 1 1 1 v1 n1 closed", "1m 1 09:16:00 3 3 3 3 v1 n1 closed"),
        tape.take());
  }

  @Test
  void openIsTheEarliestAndCloseTheLatestPrice() {
    BarTape tape = seen("1m").time("09:15");
    tape.trade("09:15:10", "10", "1").trade("09:15:20", "11", "1"); // the order of arrival
    tape.trade("09:15:05", "12", "1").trade("09:15:15", "13", "1");
    tape.trade("09:15:05", "14", "1").trade("09:15:20", "15", "1"); // times that are taken already
    tape.time("09:16:01");
    assertEquals(List.of("1m 1 09:15:00 12 15 10 15 v6 n6 closed rev1"), tape.take());
  }

  @Test
  void aPriceThatIsNotPositiveIsCountedAndNotApplied() {
    BarTape tape = seen("1m").time("09:15");
    tape.trade("09:15:10", "0", "1").trade("09:15:10", "-1", "1").trade("09:15:11", "5", "1");
    tape.time("09:16:01");
    assertEquals(List.of("1m 1 09:15:00 5 5 5 5 v1 n1 closed"), tape.take());
    assertEquals(2, tape.count(BarCounts.Reason.NOT_POSITIVE));
  }

  @Test
  void aTradeOfZeroQuantityCountsForThePrices() {
    BarTape tape = seen("1m").time("09:15");
    tape.trade("09:15:10", "5", "1").trade("09:15:11", "6", "0").time("09:16:01");
    assertEquals(List.of("1m 1 09:15:00 5 6 5 6 v1 n2 closed"), tape.take());
  }

  @Test
  void theBarOfAnIndexHasNoVolume() {
    BarTape tape =
        BarTape.of("1m").time("09:15").value("09:15", "24000.05").value("09:15:01", "24001");
    tape.time("09:16:01");
    assertEquals(List.of("1m 1 09:15:00 24000.05 24001 24000.05 24001 v? n2 closed"), tape.take());
  }

  @Test
  void aTickFromTheFutureClosesNothing() {
    BarTape tape = seen("1m").time("09:15").trade("09:15:01", "5", "1");
    tape.passesTime = false;
    tape.trade("10:30", "6", "1").trade("09:15:02", "7", "1").time("09:16:01");
    assertEquals(List.of("1m 1 09:15:00 5 7 5 7 v2 n2 closed"), tape.take());
    assertEquals(1, tape.count(BarCounts.Reason.AHEAD));
  }

  @Test
  void aFormingBarIsToldTwiceASecondAtMostAndOnlyWhileItIsWanted() {
    BarTape tape = seen("1m", "5m").time("09:15");
    tape.trade("09:15:00", "1", "1").time("09:15:00.600");
    assertEquals(List.of(), tape.take());
    tape.wanted.set("5m", "3m");
    for (int i = 0; i < 40; i++) { // two seconds, a trade every 50 ms
      long time = at("09:15:01") + 50 * i;
      tape.time(time).trade(SHARE, time, Integer.toString(i + 10), "1");
    }
    List<String> told = tape.take();
    assertEquals(
        List.of("3m 1 09:15:00 1 1 1 1 v1 n1", "5m 1 09:15:00 1 1 1 1 v1 n1"), told.subList(0, 2));
    assertEquals(
        List.of(4L, 4L),
        told.stream()
            .collect(Collectors.groupingBy(line -> line.substring(0, 2), Collectors.counting()))
            .values()
            .stream()
            .toList());
    tape.wanted.set();
    tape.time("09:15:04").trade("09:15:04", "7", "1").time("09:15:05");
    assertEquals(List.of(), tape.take());
  }

  @Test
  void aFrameThatIsWantedLateBeginsWithTheMinutesThatAreKept() {
    BarTape tape = seen("1m").time("09:15");
    for (int i = 0; i < 8; i++) {
      tape.time("09:%d:00".formatted(15 + i))
          .trade("09:%d:10".formatted(15 + i), "" + (20 - i), "1");
    }
    tape.take();
    tape.wanted.set("10m");
    tape.time("09:22:11");
    assertEquals(List.of("10m 1 09:15:00 20 20 13 13 v8 n8"), tape.take());
    tape.time("09:25:01");
    assertEquals(List.of("10m 1 09:15:00 20 20 13 13 v8 n8 closed"), tape.take("10m"));
  }

  @Test
  void framesOfSecondsAreMadeWhileTheyAreWanted() {
    BarTape tape = seen("1m", "5m").time("09:15").trade("09:15:01", "1", "1");
    tape.wanted.set("1s", "15s");
    tape.time("09:15:02").trade("09:15:02.300", "2", "1").trade("09:15:03.100", "3", "1");
    tape.time("09:15:15.500").trade("09:15:20", "4", "1").time("09:15:30.500");
    tape.wanted.set();
    tape.time("09:15:40").trade("09:15:40", "5", "1").time("09:16:01");
    tape.trade("09:16:10", "6", "1").time("09:20:01");
    List<String> closed = tape.take().stream().filter(line -> line.contains("closed")).toList();
    assertEquals(
        List.of(
            "1s 1 09:15:02 2 2 2 2 v1 n1 closed",
            "1s 1 09:15:03 3 3 3 3 v1 n1 closed",
            "15s 1 09:15:00 2 3 2 3 v2 n2 closed partial", // what came before it was wanted
            "1s 1 09:15:20 4 4 4 4 v1 n1 closed",
            "15s 1 09:15:15 4 4 4 4 v1 n1 closed",
            "1m 1 09:15:00 1 5 1 5 v5 n5 closed",
            "1m 1 09:16:00 6 6 6 6 v1 n1 closed",
            "5m 1 09:15:00 1 6 1 6 v6 n6 closed"),
        closed);
  }

  @Test
  void moreFramesThanAnInstrumentCanHaveAreCounted() {
    BarTape tape = seen("1m").time("09:15").trade("09:15:01", "1", "1");
    String[] many = new String[50];
    for (int i = 0; i < many.length; i++) {
      many[i] = (i + 2) + "m";
    }
    tape.wanted.set(many);
    tape.time("09:15:02");
    assertEquals(BarLevels.MAX - 1, tape.take().size());
    assertEquals(11, tape.count(BarCounts.Reason.TOO_MANY_FRAMES));
  }

  @Test
  void aClockThatIsWrongClosesBarsNeitherEarlyNorLate() {
    BarTape tape = seen("1m").time("09:15");
    tape.passesTime = false;
    long behind = 1_200; // the clock here, against the exchange's
    tape.time(at("09:15:10") - behind).trade("09:15:10", "1", "1");
    tape.time(at("09:15:59") - behind).trade("09:15:59", "2", "1");
    tape.time(at("09:16:00.450") - behind);
    assertEquals(List.of(), tape.take());
    tape.time(at("09:16:00.500") - behind);
    assertEquals(1, tape.take().size());
  }

  @Test
  void theBarsOfADelayedFeedAreWhole() {
    BarTape tape = BarTape.of("1m").time("09:30");
    long delay = 900_000;
    for (String time : List.of("09:15:00", "09:15:30", "09:16:30", "09:17:30")) {
      tape.time(at(time) + delay).trade(time, "1", "1");
    }
    assertEquals(
        List.of("1m 1 09:15:00 1 1 1 1 v2 n2 closed", "1m 1 09:16:00 1 1 1 1 v1 n1 closed"),
        tape.take());
    assertEquals(0, tape.count(BarCounts.Reason.TOO_LATE));
  }

  @Test
  void aSourceWithoutHoursBeginsItsSessionsItself() {
    BarTape tape = new BarTape(BarRules.of(BarTape.frames("1m", "1d", "1w")), false);
    tape.time("02:00:10").tick(start("02:00:10"));
    tape.trade("02:00:20", "1", "1").time("02:05:40").trade("02:05:40", "2", "1").take();
    tape.tick(start("02:05:45"));
    assertEquals(
        List.of(
            "1m 1 02:05:00 2 2 2 2 v1 n1 closed", "1d 31 05:30:00 1 2 1 2 v2 n2 closed partial"),
        tape.take());
    tape.trade("02:05:50", "5", "1").time("02:06:01");
    assertEquals(List.of("1m 1 02:05:45 5 5 5 5 v1 n1 closed"), tape.take());
  }

  @Test
  void aRecordingThatBeginsAgainHasItsBarsAgain() {
    BarTape tape = seen("1m").time("09:15").trade("09:15:10", "1", "1").time("09:16:01");
    List<String> first = tape.take();
    tape.tick(new Tick.SessionStart(SHARE, Times.UNKNOWN, null));
    tape.time("09:00").lastPrice(SHARE, "09:00", "99").time("09:15");
    tape.trade("09:15:10", "1", "1").time("09:16:01");
    assertEquals(first, tape.take());
  }

  private static Tick start(String time) {
    return new Tick.SessionStart(SHARE, new Times(at(time), at(time)), BigDecimal.ONE);
  }
}
