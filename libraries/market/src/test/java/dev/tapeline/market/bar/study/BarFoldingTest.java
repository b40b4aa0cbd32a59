package dev.tapeline.market.bar.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BarFoldingTest {

  private static final Frame FIVE = Frame.parse("5m");

  private final BarFolding folding =
      new BarFolding(
          new BarSessions(
              BarTape.calendar(), _ -> true, share -> share.equals(BarTape.WITH_DERIVATIVES)));

  private static Bar minute(String time, String price, long count, Bar.State state) {
    BigDecimal exact = new BigDecimal(price);
    return new Bar(
        Frame.MINUTE,
        BarTape.at(time),
        new Ohlc(exact, exact, exact, exact),
        BigDecimal.valueOf(count),
        count,
        state);
  }

  private static Bar minute(String time, String price) {
    return minute(time, price, 1, Bar.State.CLOSED);
  }

  private List<String> folded(Frame frame, long knownUntil, Bar... parts) {
    return folding.fold(BarTape.SHARE, frame, List.of(parts), knownUntil).stream()
        .map(BarTape::text)
        .toList();
  }

  @Test
  void framesAreCountedFromTheOpen() {
    assertEquals(
        List.of(
            "75m 1 09:15:00 1 2 1 2 v2 n2 closed",
            "75m 1 10:30:00 3 3 3 3 v1 n1 closed",
            "75m 2 09:15:00 4 4 4 4 v1 n1"),
        folded(
            Frame.parse("75m"),
            0,
            minute("09:15", "1"),
            minute("10:29", "2"),
            minute("10:30", "3"),
            minute("2T09:15", "4")));
  }

  @Test
  void newestIsClosedByItsLastPartOrByTheTime() {
    Bar first = minute("09:15", "1");
    Bar last = minute("09:19", "2");
    assertEquals(List.of("5m 1 09:15:00 1 2 1 2 v2 n2 closed"), folded(FIVE, 0, first, last));
    assertEquals(List.of("5m 1 09:15:00 1 1 1 1 v1 n1"), folded(FIVE, BarTape.at("09:19"), first));
    assertEquals(
        List.of("5m 1 09:15:00 1 1 1 1 v1 n1 closed"), folded(FIVE, BarTape.at("09:20"), first));
  }

  @Test
  void partWithoutACountHasPricesAndLeavesTheCountUnknown() {
    Bar counted = minute("09:15", "2");
    Bar flat = minute("09:16", "2", 0, Bar.State.CLOSED);
    Bar unknown =
        new Bar(
            Frame.MINUTE,
            BarTape.at("09:17"),
            minute("09:17", "3").prices(),
            null,
            Bar.UNKNOWN_COUNT,
            Bar.State.CLOSED);
    List<Bar> folded =
        folding.fold(BarTape.SHARE, FIVE, List.of(counted, flat, unknown), Long.MAX_VALUE);
    assertEquals(Bar.UNKNOWN_COUNT, folded.getFirst().count());
    assertEquals(new BigDecimal("3"), folded.getFirst().prices().close());
    assertEquals(BigDecimal.ONE, folded.getFirst().volume());
  }

  @Test
  void lastFrameOfTheSessionIsAStub() {
    Bar last = minute("15:29", "1");
    assertEquals(List.of("1h 1 15:15:00 1 1 1 1 v1 n1 closed"), folded(Frame.parse("1h"), 0, last));
  }

  @Test
  void revisionsAndGapsOfPartsShow() {
    assertEquals(
        List.of("5m 1 09:15:00 1 2 1 2 v2 n2 closed rev3 partial"),
        folded(
            FIVE,
            Long.MAX_VALUE,
            minute("09:15", "1", 1, new Bar.State(true, 1, true)),
            minute("09:16", "2", 1, new Bar.State(true, 2, false))));
  }

  @Test
  void partsOutsideOfSessionsAreLeftOut() {
    assertEquals(
        List.of("5m 1 09:15:00 2 2 2 2 v1 n1 closed"),
        folded(FIVE, Long.MAX_VALUE, minute("08:00", "1"), minute("09:15", "2")));
    assertEquals(List.of(), folded(FIVE, 0));
  }

  @Test
  void beginIsThatOfTheFrame() {
    assertEquals(
        OptionalLong.of(BarTape.at("09:20")),
        folding.begin(BarTape.SHARE, FIVE, BarTape.at("09:24")));
    assertEquals(OptionalLong.empty(), folding.begin(BarTape.SHARE, FIVE, BarTape.at("16:00")));
  }

  /** Kept minutes make the bars that the market made of the trades. */
  @Property(tries = 60)
  void foldedBarsAreThoseOfTheMarket(@ForAll long seed) {
    List<String> frames = List.of("1m", "2m", "5m", "15m", "75m", "1h", "1d", "1w");
    Random random = new Random(seed);
    BarTape tape = BarTape.of(frames.toArray(String[]::new));
    tape.passesTime = false;
    long time = BarTape.at("09:15");
    tape.time(time);
    for (int i = 0; i < 400; i++) {
      long next = time + random.nextInt(random.nextInt(4) == 0 ? 300_000 : 30_000);
      for (; time < next; time += 250) {
        tape.time(time);
      }
      tape.tick(trade(BarTape.SHARE, time - random.nextInt(60_000), random));
    }
    tape.time(time + 86_400_000L * 14);
    tape.time(time + 86_400_000L * 14 + 1_000);
    Map<String, Map<Long, Bar>> told = told(tape.bars);
    List<Bar> minutes = List.copyOf(told.getOrDefault("1m", Map.of()).values());
    for (String frame : frames.subList(1, frames.size())) {
      List<Bar> folded = folding.fold(BarTape.SHARE, Frame.parse(frame), minutes, Long.MAX_VALUE);
      assertEquals(
          texts(List.copyOf(told.getOrDefault(frame, Map.of()).values())), texts(folded), frame);
    }
  }

  private static Tick trade(Instrument instrument, long time, Random random) {
    return new Tick.Trade(
        instrument,
        new Times(time, time),
        Tick.NO_ID,
        BigDecimal.valueOf(10_000 + random.nextInt(1_000), 2),
        BigDecimal.valueOf(random.nextInt(500), 1),
        null,
        null);
  }

  /** The last of each bar that was told as closed, by frame and time. */
  private static Map<String, Map<Long, Bar>> told(List<MarketEvent.BarChanged> changes) {
    Map<String, Map<Long, Bar>> bars = new TreeMap<>();
    for (MarketEvent.BarChanged change : changes) {
      Bar bar = change.bar();
      if (bar.state().closed()) {
        bars.computeIfAbsent(bar.frame().toString(), _ -> new TreeMap<>()).put(bar.time(), bar);
      }
    }
    return bars;
  }

  /** Without revisions: one telling may correct several trades of a longer frame at once. */
  private static List<String> texts(List<Bar> bars) {
    return bars.stream().map(bar -> BarTape.text(bar).replaceAll(" rev[0-9]+", "")).toList();
  }
}
