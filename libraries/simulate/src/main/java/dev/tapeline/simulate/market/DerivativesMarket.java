package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.List;

/** A market of instruments that follow the price of another one. Owned by the server's loop. */
public interface DerivativesMarket {

  /** What is traded. */
  List<? extends Instrument> instruments();

  /**
   * What happens when the followed price moves.
   *
   * @param price of the followed instrument
   * @param now epoch ms
   */
  List<Tick> step(BigDecimal price, long now);
}
