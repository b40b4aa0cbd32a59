package dev.tapeline.market.board;

import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps the figures of each instrument's session: open, high, low, change, volume and average
 * price. Figures that a vendor sends are used instead of sums of the trades.
 */
public final class DayStatsStudy implements Study {

  private final Map<String, InstrumentDay> days = new HashMap<>();

  @Override
  public void onTick(Tick tick, Consumer<MarketEvent> out) {
    switch (tick) {
      case Tick.DayStats stats -> {
        InstrumentDay day = day(stats.instrument());
        day.told(stats);
        tell(stats.instrument(), stats.times(), day, out);
      }
      case Tick.OpenInterest interest -> {
        InstrumentDay day = day(interest.instrument());
        day.told(interest);
        tell(interest.instrument(), interest.times(), day, out);
      }
      default -> {} // comes as an event of the study in front, or has no figures
    }
  }

  @Override
  public void onEvent(MarketEvent event, Consumer<MarketEvent> out) {
    switch (event) {
      case MarketEvent.Traded(Tick.Trade trade, _) -> {
        InstrumentDay day = day(trade.instrument());
        day.traded(trade);
        tell(trade.instrument(), trade.times(), day, out);
      }
      case MarketEvent.Valued(Tick.IndexValue value, _) -> {
        InstrumentDay day = day(value.instrument());
        day.valued(value.value());
        tell(value.instrument(), value.times(), day, out);
      }
      case MarketEvent.Priced(Tick.LastPrice price, _) -> {
        InstrumentDay day = day(price.instrument());
        day.priced(price.price());
        tell(price.instrument(), price.times(), day, out);
      }
      case MarketEvent.SessionStarted(Tick.SessionStart start) -> {
        InstrumentDay day = day(start.instrument());
        day.start(start.prevClose());
        tell(start.instrument(), start.times(), day, out);
      }
      case MarketEvent.Quoted _,
          MarketEvent.BookChanged _,
          MarketEvent.DayChanged _,
          MarketEvent.BarChanged _,
          MarketEvent.ChainChanged _,
          MarketEvent.VolatilityIndexChanged _,
          MarketEvent.IndicatorsChanged _,
          MarketEvent.Marked _ -> {}
    }
  }

  private static void tell(
      Instrument instrument, Times times, InstrumentDay day, Consumer<MarketEvent> out) {
    out.accept(new MarketEvent.DayChanged(instrument, times, day));
  }

  private InstrumentDay day(Instrument instrument) {
    return days.computeIfAbsent(instrument.symbol(), _ -> new InstrumentDay());
  }
}
