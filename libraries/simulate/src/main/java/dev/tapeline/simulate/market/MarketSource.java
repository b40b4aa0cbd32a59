package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.TickListener;
import java.util.List;

/**
 * A market whose ticks the vendors' servers pass on. It calls its listener on a thread of its own.
 */
public interface MarketSource extends AutoCloseable {

  /** What is traded, known before the start. */
  List<Instrument> instruments();

  /** Starts to call the listener; called once. */
  void start(TickListener ticks);

  /** Ends the calls. */
  @Override
  void close();
}
