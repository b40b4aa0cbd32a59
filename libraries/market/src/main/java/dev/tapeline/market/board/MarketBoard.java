package dev.tapeline.market.board;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.util.HashMap;
import java.util.Map;

/**
 * The state of every instrument that had a tick. Not thread-safe: owned by the thread that applies.
 * Its size is that of the registry that the ticks' instruments come from.
 */
public final class MarketBoard {

  /** What a tick changed in the state of its instrument. */
  public enum Change {
    NONE,
    /** There is a new last price, which may equal the one before. */
    LAST,
    /** The price of the best bid or the best ask moved; sizes alone don't count. */
    QUOTE
  }

  private final Map<String, MarketState> states = new HashMap<>();

  public Change apply(Tick tick) {
    return state(tick.instrument()).apply(tick);
  }

  /** The state of an instrument; all unknown before its first tick. */
  public MarketState state(Instrument instrument) {
    return states.computeIfAbsent(instrument.symbol(), _ -> new MarketState());
  }
}
