package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument;

/** Something of the simulated market that has a price. */
interface Quoted {

  Instrument instrument();

  /** Its figures now. */
  SimulatedQuote quote();
}
