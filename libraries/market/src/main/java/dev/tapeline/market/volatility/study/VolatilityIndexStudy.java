package dev.tapeline.market.volatility.study;

import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.market.volatility.VolatilityReading;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Emits the volatility index of each underlying that somebody wants it of, when one of its chains
 * has changed: at most once a second by the market's own time, and always once more after the last
 * change. It stands behind the study of the chains, which has to tell of all chains of a wanted
 * index. What it keeps is what that study keeps: one list of quotes for each chain.
 */
public final class VolatilityIndexStudy implements Study {

  private static final long SECOND = 1_000;

  private final TradingCalendar calendar;
  private final IndexDemand demand;
  private final Function<String, Collection<LocalDate>> listed;
  private final Map<String, LiveIndex> indices = new LinkedHashMap<>();
  private long now;
  private long nextDue = Long.MAX_VALUE;
  private long nextLook = Long.MIN_VALUE;

  /**
   * A study for one market.
   *
   * @param listed the days on which options on an underlying expire, of those that have quotes and
   *     others; asked at most once a minute for each wanted index, on the market's thread
   */
  public VolatilityIndexStudy(
      TradingCalendar calendar,
      IndexDemand demand,
      Function<String, Collection<LocalDate>> listed) {
    this.calendar = calendar;
    this.demand = demand;
    this.listed = listed;
  }

  @Override
  public void onEvent(MarketEvent event, Consumer<MarketEvent> out) {
    if (event instanceof MarketEvent.ChainChanged(var instrument, Times times, var chain, _)
        && instrument instanceof Instrument.Option option) {
      take(option, times, chain);
    }
  }

  private void take(Instrument.Option option, Times times, OptionChain chain) {
    String underlying = option.underlying();
    if (!demand.isWanted(underlying)) {
      return;
    }
    LiveIndex index =
        indices.computeIfAbsent(
            underlying, _ -> new LiveIndex(IndexRules.of(calendar, option), option));
    index.put(chain.quotes(), chain.isStale(), chain.time());
    index.option = option;
    index.times = times;
    index.isNews = true;
    now = Math.max(now, chain.time());
    nextDue = Math.min(nextDue, index.toldAt + SECOND);
  }

  @Override
  public void onTick(Tick tick, Consumer<MarketEvent> out) {
    Times times = tick.times();
    advance(times.received() > 0 ? times.received() : times.exchange(), out);
  }

  @Override
  public void onTime(long millis, Consumer<MarketEvent> out) {
    advance(millis, out);
  }

  /** Tells what is due: all chains that have changed by then have been told. */
  private void advance(long time, Consumer<MarketEvent> out) {
    now = Math.max(now, time);
    if (now >= nextLook) {
      nextLook = now + SECOND;
      indices.keySet().removeIf(it -> !demand.isWanted(it)); // its quotes would become old
    }
    if (now >= nextDue) {
      nextDue = Long.MAX_VALUE;
      tell(out);
    }
  }

  private void tell(Consumer<MarketEvent> out) {
    for (LiveIndex index : indices.values()) {
      if (index.isNews && now - index.toldAt >= SECOND) {
        index.isNews = false;
        index.toldAt = now;
        VolatilityReading reading = index.read(listed, now);
        out.accept(new MarketEvent.VolatilityIndexChanged(index.option, index.times, reading));
      } else if (index.isNews) {
        nextDue = Math.min(nextDue, index.toldAt + SECOND);
      }
    }
  }
}
