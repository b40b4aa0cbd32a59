package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import java.util.List;

/** Instruments to trade besides those of a market, at prices that follow one of it. */
public sealed interface Derivatives permits OptionSeries, ForwardSeries {

  /** The key of the instrument whose price they follow. */
  String priceKey();

  /** Whether a market has such instruments of its own, so that no others are needed. */
  boolean areIn(List<Instrument> market);

  /** A market of them; the same seed gives the same ticks. */
  DerivativesMarket open(long seed);
}
