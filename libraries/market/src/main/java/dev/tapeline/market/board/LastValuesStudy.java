package dev.tapeline.market.board;

import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps the last price and the best quote of every instrument, and emits trades, index values,
 * quotes whose price has moved, and sessions. Its size is that of the registry that the ticks'
 * instruments come from.
 */
public final class LastValuesStudy implements Study {

  private final Map<String, InstrumentLast> values = new HashMap<>();

  @Override
  public void onTick(Tick tick, Consumer<MarketEvent> out) {
    switch (tick) {
      case Tick.Trade trade -> {
        InstrumentLast last = last(trade.instrument());
        last.traded(trade);
        out.accept(new MarketEvent.Traded(trade, last));
      }
      case Tick.IndexValue value -> {
        InstrumentLast last = last(value.instrument());
        last.valued(value);
        out.accept(new MarketEvent.Valued(value, last));
      }
      case Tick.LastPrice price -> {
        InstrumentLast last = last(price.instrument());
        last.priced(price);
        out.accept(new MarketEvent.Priced(price, last));
      }
      case Tick.Marks marks -> out.accept(new MarketEvent.Marked(marks));
      case Tick.Quote quote -> {
        InstrumentLast last = last(quote.instrument());
        if (last.quoted(quote)) {
          out.accept(new MarketEvent.Quoted(quote, last));
        }
      }
      case Tick.SessionStart start -> {
        last(start.instrument()).clear();
        out.accept(new MarketEvent.SessionStarted(start));
      }
      case Tick.Depth _, Tick.DayStats _, Tick.OpenInterest _ -> {}
    }
  }

  private InstrumentLast last(Instrument instrument) {
    return values.computeIfAbsent(instrument.symbol(), _ -> new InstrumentLast());
  }
}
