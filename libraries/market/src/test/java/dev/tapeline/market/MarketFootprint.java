package dev.tapeline.market;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarCounts;
import dev.tapeline.market.bar.study.BarDemand;
import dev.tapeline.market.bar.study.BarFolding;
import dev.tapeline.market.bar.study.BarRules;
import dev.tapeline.market.bar.study.BarSessions;
import dev.tapeline.market.bar.study.BarStudy;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.market.indicator.study.IndicatorCounts;
import dev.tapeline.market.indicator.study.IndicatorDemand;
import dev.tapeline.market.indicator.study.IndicatorRequest;
import dev.tapeline.market.indicator.study.IndicatorRules;
import dev.tapeline.market.indicator.study.IndicatorStudy;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.lang.ref.Reference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A program that prints how many bytes the bars and indicators of a market hold, in a JVM of its
 * own: {@code INSTRUMENTS MINUTES WITH_INDICATORS}. Each instrument trades once a minute.
 */
final class MarketFootprint {

  static final List<Frame> FRAMES =
      Stream.of("1m", "3m", "5m", "15m", "30m", "1h", "4h", "1d", "1w").map(Frame::parse).toList();

  private static final long MIDNIGHT = 1_764_547_200_000L;
  private static final long MINUTE = 60_000;

  private MarketFootprint() {}

  /** Wants the common indicators of some instruments. */
  private record Demand(Set<String> wanted) implements BarDemand, IndicatorDemand {

    @Override
    public WishNews news() {
      return WishNews.NEVER;
    }

    @Override
    public List<Frame> frames(String symbol) {
      return wanted.contains(symbol) ? List.of(Frame.MINUTE) : List.of();
    }

    @Override
    public List<IndicatorRequest> requests(String symbol) {
      return wanted.contains(symbol) ? List.of(IndicatorRequest.COMMON) : List.of();
    }
  }

  /** Keeps nothing. */
  private static final class Deaf implements MarketListener {

    @Override
    public void onEvent(MarketEvent event) {}

    @Override
    public void onFrameEnd() {}

    @Override
    public void onBatchEnd() {}
  }

  public static void main(String[] numbers) {
    int count = Integer.parseInt(numbers[0]);
    List<Instrument> instruments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      instruments.add(Instrument.binance("COIN" + i));
    }
    Set<String> wanted = new HashSet<>();
    instruments
        .subList(0, Integer.parseInt(numbers[2]))
        .forEach(instrument -> wanted.add(instrument.symbol()));
    Demand demand = new Demand(wanted);
    trade(market(demand), instruments.subList(0, 1), 600); // loads all classes
    long before = used();
    Market market = market(demand);
    trade(market, instruments, Integer.parseInt(numbers[1]));
    long after = used();
    Reference.reachabilityFence(market);
    Reference.reachabilityFence(instruments);
    System.out.println(after - before);
  }

  private static Market market(Demand demand) {
    BarSessions sessions = new BarSessions(new TradingCalendar(List.of()), _ -> true, _ -> false);
    return Market.of(
        new Deaf(),
        BarStudy.of(BarRules.of(FRAMES), sessions, demand, new BarCounts()),
        new IndicatorStudy(
            IndicatorRules.of(Set.copyOf(FRAMES)),
            demand,
            sessions::opens,
            new BarFolding(sessions)::begin,
            new IndicatorCounts()));
  }

  private static void trade(Market market, List<Instrument> instruments, int minutes) {
    for (int minute = 0; minute < minutes; minute++) {
      long time = MIDNIGHT + minute * MINUTE;
      market.onTime(time);
      BigDecimal price = BigDecimal.valueOf(10_000 + 7 * minute % 113, 2);
      for (Instrument instrument : instruments) {
        market.onTick(
            new Tick.Trade(
                instrument, new Times(time, time), Tick.NO_ID, price, BigDecimal.TEN, null, null));
        market.onFrameEnd();
      }
    }
  }

  /** The bytes of all objects that can be reached. */
  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
