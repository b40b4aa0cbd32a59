package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the option chains of a market, and emits those that somebody wants when they have changed:
 * each at most ten times a second by the market's own time, and always once more after its last
 * change. A chain is emitted between two frames, before the first tick of the next one or with the
 * time, so that it never has a part of a frame. It stands behind the studies of last values and of
 * the day's figures.
 *
 * <p>It learns the options from their ticks. Nothing is computed before a chain is due and wanted,
 * and then only what has changed.
 */
public final class ChainStudy implements Study {

  private final ChainBoard board;
  private final ChainSchedule schedule;

  /** The option of the newest tick: the next one is often of the same. */
  private @Nullable LiveLeg newest;

  private long now;

  /**
   * What a study needs besides the ticks.
   *
   * @param demand tells which chains are wanted
   * @param counters counts what this study does, with others
   */
  public record Parts(
      TradingCalendar calendar,
      ChainConvention convention,
      ChainLimits limits,
      ChainDemand demand,
      ChainCounters counters) {}

  /** A study that knows nothing of earlier days. */
  public ChainStudy(Parts parts) {
    this(parts, VolatilityRanks.NONE);
  }

  /** A study for one market, whose volatilities have these ranks. */
  public ChainStudy(Parts parts, VolatilityRanks ranks) {
    this.board = new ChainBoard(parts, ranks);
    this.schedule = new ChainSchedule(parts.limits(), parts.counters());
  }

  @Override
  public void onTick(Tick tick, Consumer<MarketEvent> out) {
    long time = reach(tick.times());
    advance(out);
    switch (tick.instrument()) {
      case Instrument.Option option -> {
        LiveLeg leg = leg(option);
        if (leg != null && leg.onTick(tick)) {
          schedule.changed(leg, tick.times(), time);
        }
      }
      case Instrument.Future future -> {
        board.onFuture(future, tick, time);
        onPrice(tick, time);
      }
      case Instrument.Index _, Instrument.Share _, Instrument.Pair _ -> onPrice(tick, time);
    }
  }

  @Override
  public void onEvent(MarketEvent event, Consumer<MarketEvent> out) {
    if (event instanceof MarketEvent.DayChanged(Instrument.Option option, Times times, var day)) {
      long time = reach(times);
      advance(out);
      LiveLeg leg = leg(option);
      if (leg != null) {
        leg.onDay(day);
        schedule.changed(leg, times, time);
      }
    }
  }

  @Override
  public void onTime(long millis, Consumer<MarketEvent> out) {
    now = Math.max(now, millis);
    advance(out);
  }

  private void advance(Consumer<MarketEvent> out) {
    if (schedule.isDue(now)) {
      schedule.advance(now, board.chains(), out);
      if (board.dropSettled(now) > 0) {
        newest = null;
      }
    }
  }

  /** The market's time with a tick of these times: it never goes back. */
  private long reach(Times times) {
    now = Math.max(now, times.received() > 0 ? times.received() : times.exchange());
    return now;
  }

  private @Nullable LiveLeg leg(Instrument.Option option) {
    LiveLeg known = newest;
    if (known == null || !known.option().equals(option)) {
      known = board.leg(option);
      newest = known;
    }
    return known;
  }

  private void onPrice(Tick tick, long time) {
    BigDecimal price =
        switch (tick) {
          case Tick.Trade trade -> trade.price();
          case Tick.IndexValue value -> value.value();
          case Tick.LastPrice stated -> stated.price();
          case Tick.Quote _,
              Tick.Depth _,
              Tick.DayStats _,
              Tick.OpenInterest _,
              Tick.Marks _,
              Tick.SessionStart _ ->
              null;
        };
    if (price != null) {
      Underlying moved = board.onPrice(tick.instrument(), price, time);
      if (moved != null) {
        schedule.moved(moved, tick.times(), time);
      }
    }
  }

  /** How many options are kept. */
  public int legs() {
    return board.legs();
  }

  /** How many chains are kept. */
  public int chains() {
    return board.chains().size();
  }
}
