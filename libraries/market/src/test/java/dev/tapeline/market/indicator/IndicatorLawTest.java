package dev.tapeline.market.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of all indicators, over bars at random. */
class IndicatorLawTest {

  private static final IndicatorSpec ALL =
      IndicatorSpec.parse(
          "rsi-5,macd-3-6-4,ema-7,sma-4,wma-5,atr-6,bb-5-2.5,vwap-2,stoch-5-2-3,adx-4,"
              + "supertrend-4-1.5,ichimoku-3-5-8,cci-6,obv,pivots");

  private static final int TRIES = 100;

  @Provide
  Arbitrary<List<BarValues>> bars() {
    return Arbitraries.randomValue(IndicatorLawTest::walk);
  }

  /** Up to 60 bars in sessions, in steps of an eighth: some prices are equal. */
  private static List<BarValues> walk(Random random) {
    List<BarValues> bars = new ArrayList<>();
    int count = 1 + random.nextInt(60);
    long session = 0;
    for (int i = 0; i < count; i++) {
      int open = random.nextInt(80);
      int close = random.nextInt(80);
      int high = Math.max(open, close) + random.nextInt(30);
      int low = Math.min(open, close) - random.nextInt(30);
      session += random.nextInt(9) / 8;
      bars.add(
          new BarValues()
              .prices(price(open), price(high), price(low), price(close))
              .volume(1 + random.nextInt(900))
              .session(session, true));
    }
    return bars;
  }

  private static double price(int eighths) {
    return 100 + eighths / 8.0;
  }

  @Property(tries = TRIES)
  void valuesAreThoseOfTheDefinitions(@ForAll("bars") List<BarValues> bars) {
    Definitions right = new Definitions(bars);
    Figures.assertAlike(right.rsi(5), Figures.of("rsi-5", 0, bars), "rsi");
    Figures.assertAlike(right.ema(7), Figures.of("ema-7", 0, bars), "ema");
    Figures.assertAlike(right.sma(4), Figures.of("sma-4", 0, bars), "sma");
    Figures.assertAlike(right.sma(1), Figures.of("sma-1", 0, bars), "sma of one");
    Figures.assertAlike(right.wma(5), Figures.of("wma-5", 0, bars), "wma");
    Figures.assertAlike(right.wma(1), Figures.of("wma-1", 0, bars), "wma of one");
    Figures.assertAlike(right.atr(6), Figures.of("atr-6", 0, bars), "atr");
    Figures.assertAlike(right.obv(), Figures.of("obv", 0, bars), "obv");
    Figures.assertAlike(right.vwap(0), Figures.of("vwap-2", 0, bars), "vwap");
    Figures.assertAlike(
        right.supertrend(4, 1.5, false), Figures.of("supertrend-4-1.5", 0, bars), "stop");
    Figures.assertAlike(
        right.supertrend(4, 1.5, true), Figures.of("supertrend-4-1.5", 1, bars), "direction");
  }

  @Property(tries = TRIES)
  void bandsLinesAndLevelsAreThoseOfTheDefinitions(@ForAll("bars") List<BarValues> bars) {
    Definitions right = new Definitions(bars);
    Figures.assertAlike(right.middle(3, 0), Figures.of("ichimoku-3-5-8", 0, bars), "conversion");
    Figures.assertAlike(right.middle(5, 0), Figures.of("ichimoku-3-5-8", 1, bars), "base");
    Figures.assertAlike(right.spanA(3, 5, 5), Figures.of("ichimoku-3-5-8", 2, bars), "span A");
    Figures.assertAlike(right.middle(8, 5), Figures.of("ichimoku-3-5-8", 3, bars), "span B");
    Figures.assertAlike(right.spanA(3, 5, 0), Figures.of("ichimoku-3-5-8", 4, bars), "lead A");
    Figures.assertAlike(right.middle(8, 0), Figures.of("ichimoku-3-5-8", 5, bars), "lead B");
    List<String> levels = List.of("p", "r1", "r2", "r3", "s1", "s2", "s3");
    for (int i = 0; i < levels.size(); i++) {
      Figures.assertAlike(
          right.pivots(levels.get(i)), Figures.of("pivots", i, bars), levels.get(i));
    }
  }

  @Property(tries = TRIES)
  void theBarAtHandIsAsItWillBeWhenItIsClosed(@ForAll("bars") List<BarValues> bars) {
    IndicatorSet set = new IndicatorSet(ALL);
    Readings forming = new Readings(ALL);
    Readings closed = new Readings(ALL);
    for (BarValues bar : bars) {
      set.peek(bar, forming);
      set.peek(bars.getFirst(), forming); // of another bar, which must not matter
      set.peek(bar, forming);
      set.update(bar, closed);
      assertEquals(Figures.all(closed), Figures.all(forming));
      assertEquals(closed.bars(), forming.bars() + 1);
    }
  }

  @Property(tries = TRIES)
  void peekingChangesNothing(@ForAll("bars") List<BarValues> bars) {
    IndicatorSet peeked = new IndicatorSet(ALL);
    IndicatorSet quiet = new IndicatorSet(ALL);
    Readings first = new Readings(ALL);
    Readings second = new Readings(ALL);
    for (int i = 0; i < bars.size(); i++) {
      for (BarValues other : bars.subList(0, Math.min(5, bars.size()))) {
        peeked.peek(other, first);
      }
      peeked.update(bars.get(i), first);
      quiet.update(bars.get(i), second);
      assertEquals(Figures.all(second), Figures.all(first), "bar " + i);
    }
  }

  @Property(tries = TRIES)
  void aResetOneIsAsANewOne(
      @ForAll("bars") List<BarValues> before, @ForAll("bars") List<BarValues> bars) {
    IndicatorSet used = new IndicatorSet(ALL);
    IndicatorSet fresh = new IndicatorSet(ALL);
    before.forEach(used::commit);
    used.reset();
    Readings first = new Readings(ALL);
    Readings second = new Readings(ALL);
    for (BarValues bar : bars) {
      used.update(bar, first);
      fresh.update(bar, second);
      assertEquals(Figures.all(second), Figures.all(first));
      assertEquals(second.bars(), first.bars());
    }
  }
}
