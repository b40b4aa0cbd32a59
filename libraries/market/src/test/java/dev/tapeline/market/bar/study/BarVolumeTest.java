package dev.tapeline.market.bar.study;

import static dev.tapeline.market.bar.study.BarTape.COIN;
import static dev.tapeline.market.bar.study.BarTape.SHARE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Volumes of bars: of quantities, and of the growth of the volume of the day. */
class BarVolumeTest {

  private static BarTape seen() {
    return BarTape.of("1m").time("09:00").lastPrice(SHARE, "09:00", "99");
  }

  @Test
  void theVolumeIsTheGrowthOfTheVolumeOfTheDay() {
    BarTape tape = seen().time("09:15");
    tape.trade("09:15:10", "5", "10").dayVolume(SHARE, "09:15:10", "1200"); // one trade of several
    tape.trade("09:15:20", "6", "10").dayVolume(SHARE, "09:15:20", "1500");
    tape.time("09:16").trade("09:16:00", "7", "1").dayVolume(SHARE, "09:16:00", "1501");
    tape.time("09:17:01");
    assertEquals(
        List.of("1m 1 09:15:00 5 6 5 6 v1500 n2 closed", "1m 1 09:16:00 7 7 7 7 v1 n1 closed"),
        tape.take());
  }

  @Test
  void theGrowthBelongsToItsTradeWhicheverComesFirst() {
    BarTape tape = seen().time("09:15");
    tape.trade("09:15:10", "5", "10").dayVolume(SHARE, "09:15:10", "100");
    tape.time("09:16:00").dayVolume(SHARE, "09:16:00", "130").trade("09:16:00", "7", "30");
    tape.time("09:17:01");
    assertEquals(
        List.of("1m 1 09:15:00 5 5 5 5 v100 n1 closed", "1m 1 09:16:00 7 7 7 7 v30 n1 closed"),
        tape.take());
  }

  @Test
  void whatWasTradedBeforeTheFirstTickIsInNoBar() {
    BarTape tape = BarTape.of("1m").time("10:00:30").lastPrice(SHARE, "10:00:30", "5");
    tape.dayVolume(SHARE, "10:00:30", "5000000");
    tape.trade("10:00:40", "5", "1").dayVolume(SHARE, "10:00:40", "5000007").time("10:01:01");
    assertEquals(List.of("1m 1 10:00:00 5 5 5 5 v7 n1 closed partial"), tape.take());
  }

  @Test
  void aVolumeThatFallsInASessionAddsNothing() {
    BarTape tape = seen().time("09:15");
    tape.trade("09:15:10", "5", "1").dayVolume(SHARE, "09:15:10", "100");
    tape.trade("09:15:11", "5", "1").dayVolume(SHARE, "09:15:11", "90");
    tape.trade("09:15:12", "5", "1").dayVolume(SHARE, "09:15:12", "105").time("09:16:01");
    assertEquals(List.of("1m 1 09:15:00 5 5 5 5 v105 n3 closed"), tape.take());
    assertEquals(1, tape.count(BarCounts.Reason.VOLUME_FELL));
  }

  @Test
  void theVolumeOfTheNextSessionBeginsAnew() {
    BarTape tape = seen().time("09:15");
    tape.trade("09:15:10", "5", "1").dayVolume(SHARE, "09:15:10", "5000").time("15:31").take();
    tape.time("2T09:00").dayVolume(SHARE, "2T09:00", "5000"); // still that of the day before
    tape.time("2T09:15").trade("2T09:15:10", "5", "1").dayVolume(SHARE, "2T09:15:10", "70");
    tape.trade("2T09:15:20", "5", "1").dayVolume(SHARE, "2T09:15:20", "75").time("2T09:16:01");
    assertEquals(List.of("1m 2 09:15:00 5 5 5 5 v75 n2 closed"), tape.take());
  }

  @Test
  void theVolumeOfTheLast24HoursIsNotThatOfASession() {
    BarTape tape = BarTape.of("1m").time("09:15");
    tape.trade(COIN, "09:15:10", "5", "1").dayVolume(COIN, "09:15:10", "777");
    tape.trade(COIN, "09:15:11", "5", "2").dayVolume(COIN, "09:15:11", "770").time("09:16:01");
    assertEquals(List.of("1m 1 09:15:00 5 5 5 5 v3 n2 closed partial"), tape.take());
  }

  @Test
  void pricesWithoutQuantitiesHaveNoVolume() {
    BarTape tape = seen().time("09:15").trade(SHARE, "09:15:10", "5", null).time("09:16:01");
    assertEquals(List.of("1m 1 09:15:00 5 5 5 5 v? n1 closed"), tape.take());
  }

  @Test
  void aFinerPriceOrQuantityKeepsAllThatWasExact() {
    BarTape tape = seen().time("09:15");
    tape.trade("09:15:10", "5", "1").trade("09:15:11", "5.05", "0.5");
    tape.trade("09:16:00", "5.000000000001", "0.00000001");
    tape.trade("09:15:12", "1234.5", "2").time("09:17:01"); // amends the bar of coarser units
    assertEquals(
        List.of(
            "1m 1 09:15:00 5 5.05 5 5.05 v1.5 n2 closed",
            "1m 1 09:15:00 5 1234.5 5 1234.5 v3.5 n3 closed rev1",
            "1m 1 09:16:00 5.000000000001 5.000000000001 5.000000000001 5.000000000001"
                + " v0.00000001 n1 closed"),
        tape.take());
  }

  @Test
  void aPriceThatIsTooLongIsCountedAndNeverWrong() {
    BarTape tape = seen().time("09:15");
    tape.trade("09:15:10", "1234567.5", "1").trade("09:15:11", "1.23456789012345678", "1");
    tape.trade("09:15:12", "12345678901234567890", "1").time("09:16:01");
    assertEquals(
        List.of("1m 1 09:15:00 1234567.5 1234567.5 1234567.5 1234567.5 v1 n1 closed"), tape.take());
    assertEquals(2, tape.count(BarCounts.Reason.TOO_LONG));
  }

  @Test
  void aVolumeWhoseSumIsTooLongIsUnknownAndNeverWrong() {
    BarTape tape = seen().time("09:15");
    for (int i = 0; i < 12; i++) {
      tape.trade("09:15:10", "5", "900000000000000000");
    }
    tape.time("09:16:01");
    assertEquals(List.of("1m 1 09:15:00 5 5 5 5 v? n12 closed"), tape.take());
    tape.trade("09:16:10", "5", "123456789012345678901234567890").time("09:17:01");
    assertEquals(List.of("1m 1 09:16:00 5 5 5 5 v? n1 closed"), tape.take());
    assertTrue(tape.count(BarCounts.Reason.TOO_LONG) > 0);
  }
}
