package dev.tapeline.market.bar.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds of the bars of any stream of trades, late ones included. */
class BarLawTest {

  private static final List<String> FRAMES = List.of("1m", "2m", "5m", "15m", "1h", "1d", "1w");
  private static final long OPEN = BarTape.at("09:15");
  private static final long CLOSE = BarTape.at("15:30");

  /**
   * A trade.
   *
   * @param pause since the one before
   * @param late how long ago it happened when it came
   */
  record Step(long pause, long late, BigDecimal price, BigDecimal quantity) {}

  /** A trade with its time. */
  record Deal(long time, BigDecimal price, BigDecimal quantity) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> pauses =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.of(0L, 0L, 1L)),
            Tuple.of(5, Arbitraries.longs().between(0, 20_000)),
            Tuple.of(1, Arbitraries.longs().between(0, 900_000)));
    Arbitrary<Long> late =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.just(0L)), Tuple.of(3, Arbitraries.longs().between(0, 80_000)));
    Arbitrary<BigDecimal> prices =
        Arbitraries.bigDecimals().between(new BigDecimal("95"), new BigDecimal("105")).ofScale(3);
    Arbitrary<BigDecimal> quantities =
        Arbitraries.bigDecimals().between(BigDecimal.ZERO, BigDecimal.TEN).ofScale(2);
    return Combinators.combine(pauses, late, prices, quantities)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(120);
  }

  /** The final bars of all frames, by frame and time. */
  private static Map<String, Bar> played(List<Step> steps, boolean withTime, int wantFrom) {
    BarTape tape = BarTape.of(FRAMES.toArray(String[]::new));
    tape.passesTime = false;
    long now = OPEN;
    if (withTime) {
      tape.time(now);
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      long next = now + step.pause();
      for (long time = now + 50; withTime && time <= next && time < now + 200_000; time += 50) {
        tape.time(time);
      }
      now = next;
      if (i == wantFrom) {
        tape.wanted.set("1s", "7s", "90s", "25m");
      } else if (i == wantFrom + 20) {
        tape.wanted.set("25m");
      }
      if (withTime) {
        tape.time(now);
      }
      tape.tick(tick(now - step.late(), step));
    }
    tape.time(CLOSE + 86_400_000L * 14);
    tape.time(CLOSE + 86_400_000L * 14 + 1_000);
    return last(tape.bars);
  }

  private static Tick tick(long time, Step step) {
    return new Tick.Trade(
        BarTape.SHARE,
        new Times(time, time),
        Tick.NO_ID,
        step.price(),
        step.quantity(),
        null,
        null);
  }

  private static Map<String, Bar> last(List<MarketEvent.BarChanged> told) {
    Map<String, Bar> bars = new TreeMap<>();
    for (MarketEvent.BarChanged changed : told) {
      Bar bar = changed.bar();
      if (bar.state().closed()) {
        bars.put("%s %d".formatted(bar.frame(), bar.time()), bar);
      }
    }
    return bars;
  }

  /** The trades within the session, in the order of their times and, with one time, arrival. */
  private static List<Deal> deals(List<Step> steps) {
    List<Deal> deals = new ArrayList<>();
    long now = OPEN;
    for (Step step : steps) {
      now += step.pause();
      deals.add(new Deal(now - step.late(), step.price(), step.quantity()));
    }
    deals.removeIf(deal -> deal.time() < OPEN || deal.time() >= CLOSE);
    deals.sort(Comparator.comparingLong(Deal::time)); // a stable sort
    return deals;
  }

  private static String figures(Bar bar) {
    Ohlc prices = bar.prices();
    BigDecimal volume = bar.volume();
    return "%s %s %s %s %s %d"
        .formatted(
            prices.open().stripTrailingZeros().toPlainString(),
            prices.high().stripTrailingZeros().toPlainString(),
            prices.low().stripTrailingZeros().toPlainString(),
            prices.close().stripTrailingZeros().toPlainString(),
            volume == null ? "?" : volume.stripTrailingZeros().toPlainString(),
            bar.count());
  }

  private static Bar of(Frame frame, long time, List<Deal> deals) {
    BigDecimal high = deals.stream().map(Deal::price).max(BigDecimal::compareTo).orElseThrow();
    BigDecimal low = deals.stream().map(Deal::price).min(BigDecimal::compareTo).orElseThrow();
    Ohlc prices = new Ohlc(deals.getFirst().price(), high, low, deals.getLast().price());
    BigDecimal volume = deals.stream().map(Deal::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Bar(frame, time, prices, volume, deals.size(), Bar.State.CLOSED);
  }

  @Property(tries = 60)
  void barsAreThoseOfAllTradesInTheOrderOfTheirTimes(@ForAll("steps") List<Step> steps) {
    Map<String, Bar> bars = played(steps, true, -100);
    for (String text : List.of("1m", "2m", "5m", "15m", "1h")) {
      Frame frame = Frame.parse(text);
      Map<Long, List<Deal>> parts = new TreeMap<>();
      for (Deal deal : deals(steps)) {
        long time = OPEN + (deal.time() - OPEN) / frame.millis() * frame.millis();
        parts.computeIfAbsent(time, _ -> new ArrayList<>()).add(deal);
      }
      Map<String, String> expected = new TreeMap<>();
      parts.forEach((time, part) ->
          expected.put("%s %d".formatted(frame, time), figures(of(frame, time, part))));
      assertEquals(expected, figures(bars, text));
    }
  }

  private static Map<String, String> figures(Map<String, Bar> bars, String frame) {
    Map<String, String> figures = new TreeMap<>();
    bars.forEach((key, bar) -> {
      if (bar.frame().toString().equals(frame)) {
        figures.put(key, figures(bar));
      }
    });
    return figures;
  }

  @Property(tries = 60)
  void barsOfAFrameAddUpFromThoseOfMinutes(@ForAll("steps") List<Step> steps) {
    Map<String, Bar> bars = played(steps, true, steps.size() / 3);
    List<Bar> minutes =
        bars.values().stream().filter(bar -> bar.frame().equals(Frame.MINUTE)).toList();
    for (Bar bar : bars.values()) {
      if (bar.frame().isIntraday() && bar.frame().millis() % 60_000 == 0) {
        long end = bar.time() + bar.frame().millis();
        List<Bar> parts =
            minutes.stream()
                .filter(minute -> minute.time() >= bar.time() && minute.time() < end)
                .sorted(Comparator.comparingLong(Bar::time))
                .toList();
        assertFalse(parts.isEmpty());
        assertEquals(figures(sum(bar, parts)), figures(bar), bar::toString);
      }
    }
  }

  private static Bar sum(Bar bar, List<Bar> parts) {
    BigDecimal high =
        parts.stream().map(part -> part.prices().high()).max(BigDecimal::compareTo).orElseThrow();
    BigDecimal low =
        parts.stream().map(part -> part.prices().low()).min(BigDecimal::compareTo).orElseThrow();
    Ohlc prices =
        new Ohlc(parts.getFirst().prices().open(), high, low, parts.getLast().prices().close());
    BigDecimal volume = parts.stream().map(Bar::volume).reduce(BigDecimal.ZERO, BigDecimal::add);
    long count = parts.stream().mapToLong(Bar::count).sum();
    return new Bar(bar.frame(), bar.time(), prices, volume, count, bar.state());
  }

  @Property(tries = 40)
  void closingByTheTimeIsAsClosingByTheNextTrade(@ForAll("steps") List<Step> steps) {
    Map<String, Bar> byTime = played(steps, true, -100);
    Map<String, Bar> byTrade = played(steps, false, -100);
    for (String frame : FRAMES) {
      assertEquals(figures(byTrade, frame), figures(byTime, frame));
    }
  }

  @Property(tries = 40)
  void whatOthersWantChangesNoBar(@ForAll("steps") List<Step> steps) {
    Map<String, Bar> alone = played(steps, true, -100);
    Map<String, Bar> wanted = played(steps, true, steps.size() / 3);
    for (String frame : FRAMES) {
      assertEquals(figures(alone, frame), figures(wanted, frame));
    }
  }
}
