package dev.tapeline.market.bar.study;

import static dev.tapeline.market.bar.study.BarTape.SHARE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.StoredBars;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.event.MarketEvent;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bars of a market that begins in the middle of a day, with the bars of the one before it. */
class BarsAfterRestartTest {

  private final StoredBars stored = new StoredBars();

  /** Keeps what a market has told, as the history does. */
  private void keep(BarTape tape) {
    stored.keep(bars(tape).stream().filter(BarsAfterRestartTest::isStored).toList());
  }

  private static boolean isStored(Bar bar) {
    return bar.frame().equals(Frame.MINUTE) || bar.frame().equals(Frame.DAY);
  }

  private static List<Bar> bars(BarTape tape) {
    return tape.bars.stream().map(MarketEvent.BarChanged::bar).toList();
  }

  private void morning() {
    BarTape tape = BarTape.of("1m", "1d").time("09:00").lastPrice(SHARE, "09:00", "99");
    tape.trade("09:15:10", "100", "10").trade("09:17:20", "120", "5").trade("09:59:50", "90", "5");
    keep(tape.time("10:00:01"));
  }

  @Test
  void theDayHasWhatWasTradedBeforeTheStart() {
    morning();
    BarTape tape = BarTape.after(stored, "1m", "1h", "1d");
    tape.wanted.set("1d");
    tape.trade("10:05:30", "95", "1").pass("10:05:31", "10:05:33").take();
    tape.trade("10:05:40", "96", "2").time("10:05:41");
    assertEquals(List.of("1d 1 09:15:00 100 120 90 96 v23 n5 rev1 partial"), tape.take("1d"));
    tape.time("10:15:01");
    assertEquals(
        List.of("1h 1 09:15:00 100 120 90 96 v23 n5 closed rev1 partial"), tape.take("1h"));
  }

  @Test
  void itBeginsColdWhereNothingIsStored() {
    BarTape tape = BarTape.after(stored, "1m", "1h");
    tape.trade("10:05:30", "95", "1").pass("10:05:31", "10:05:33").time("10:15:01");
    assertEquals(List.of("1h 1 09:15:00 95 95 95 95 v1 n1 closed partial"), tape.take("1h"));
    assertEquals(1, stored.asks.size());
  }

  @Test
  void aBarThatWasClosedBeforeTheAnswerIsAmended() {
    morning();
    stored.answering = false;
    BarTape tape = BarTape.after(stored, "1m", "1h");
    tape.trade("10:14:50", "95", "1").pass("10:14:51", "10:15:01");
    assertEquals(List.of("1h 1 09:15:00 95 95 95 95 v1 n1 closed partial"), tape.take("1h"));
    stored.answering = true;
    tape.pass("10:15:02", "10:15:03");
    assertEquals(
        List.of("1h 1 09:15:00 100 120 90 95 v21 n4 closed rev1 partial"), tape.take("1h"));
  }

  @Test
  void aFrameThatIsWantedLaterBeginsWithStoredMinutes() {
    morning();
    BarTape tape = BarTape.after(stored, "1m", "1d");
    tape.trade("10:05:30", "95", "1").pass("10:05:31", "10:05:33");
    tape.wanted.set("2h");
    tape.pass("10:05:34", "10:05:35");
    assertEquals(List.of("2h 1 09:15:00 100 120 90 95 v21 n4 partial"), tape.take("2h"));
  }

  @Test
  void theVolumeOfTheDayIsThatOfTheVendorAndCountedOnce() {
    BarTape before = BarTape.of("1m", "1d").time("09:00").lastPrice(SHARE, "09:00", "99");
    before.time("09:15").trade("09:15:10", "100", "1").dayVolume(SHARE, "09:15:10", "700");
    keep(before.time("09:16:01"));
    BarTape tape = BarTape.after(stored, "1m", "1h", "1d");
    tape.wanted.set("1d");
    tape.trade("10:05:30", "95", "1").dayVolume(SHARE, "10:05:30", "1000");
    tape.pass("10:05:31", "10:05:33").take();
    tape.trade("10:05:40", "96", "1").dayVolume(SHARE, "10:05:40", "1050").time("10:05:41");
    assertEquals(List.of("1d 1 09:15:00 100 100 95 96 v1050 n3 rev1 partial"), tape.take("1d"));
    tape.time("10:15:01");
    assertEquals(
        List.of("1h 1 09:15:00 100 100 95 96 v751 n3 closed rev1 partial"), tape.take("1h"));
  }

  @Test
  void theVolumeOfTheDayMayComeAfterTheAnswer() {
    morning();
    BarTape tape = BarTape.after(stored, "1m", "1d");
    tape.wanted.set("1d");
    tape.trade("10:05:30", "95", "1").pass("10:05:31", "10:05:33").take();
    tape.dayVolume(SHARE, "10:05:34", "1000").trade("10:05:40", "96", "1").time("10:05:41");
    assertEquals(List.of("1d 1 09:15:00 100 120 90 96 v1000 n5 rev1 partial"), tape.take("1d"));
  }

  /** Trades of five days, each minute from its very begin on. */
  private static void play(BarTape tape, String from, String until) {
    for (int day = 1; day <= 5; day++) {
      for (long time = BarTape.at(day + "T09:15");
          time < BarTape.at(day + "T15:30");
          time += 10_000) {
        if (day != 3 && time >= BarTape.at(from) && time < BarTape.at(until)) {
          Random random = new Random(time);
          tape.trade(SHARE, time, "" + (100 + random.nextInt(100) / 4.0), "" + random.nextInt(50));
        }
      }
      String end = day + "T15:31";
      if (BarTape.at(end) > BarTape.at(from) && BarTape.at(end) <= BarTape.at(until)) {
        tape.time(end);
      }
    }
  }

  private static final String[] FRAMES = {"1m", "5m", "1h", "1d", "1w"};

  /**
   * The closed bars from a time on; a bar of which more was told before says so by its revision.
   */
  private static List<String> closed(BarTape tape, String from) {
    return bars(tape).stream()
        .filter(bar -> bar.state().closed() && bar.time() + 60_000 > BarTape.at(from))
        .map(BarTape::text)
        .map(text -> text.replace(" rev1", ""))
        .toList();
  }

  private BarTape restarted(String time) {
    BarTape before = BarTape.of(FRAMES);
    play(before, "1T09:00", time);
    keep(before.time(BarTape.at(time) + 600)); // it has closed the minute, and is gone then
    BarTape after = BarTape.after(stored, FRAMES);
    play(after, time, "5T20:00");
    after.time("8T09:00");
    return after;
  }

  /** The bars that end from a time on: their begin may be long before. */
  private static List<String> longBars(BarTape tape) {
    return bars(tape).stream()
        .filter(bar -> bar.state().closed() && bar.frame().unit() == Frame.Unit.WEEK)
        .map(BarTape::text)
        .map(text -> text.replace(" rev1", ""))
        .toList();
  }

  @Test
  void barsAreThoseOfAMarketThatWentOn() {
    BarTape whole = BarTape.of(FRAMES);
    play(whole, "1T09:00", "5T20:00");
    whole.time("8T09:00");
    for (String time : List.of("1T11:22", "2T09:15", "4T13:01", "5T15:29")) {
      BarTape after = restarted(time);
      assertEquals(closed(whole, time), closed(after, time), time);
      assertEquals(longBars(whole), longBars(after), time);
    }
    assertFalse(longBars(whole).isEmpty());
    assertTrue(longBars(whole).stream().noneMatch(bar -> bar.endsWith("partial")));
  }
}
