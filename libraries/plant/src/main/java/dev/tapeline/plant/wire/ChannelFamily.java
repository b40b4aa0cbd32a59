package dev.tapeline.plant.wire;

import dev.tapeline.market.event.MarketEvent;

/**
 * Writes the publications of one family of channels, such as {@code trade@*}. Owned by one {@link
 * MarketPublisher}.
 */
interface ChannelFamily {

  /** Publishes what an event leads to at once. */
  default void onEvent(MarketEvent event, InstrumentChannels channels, Batch out) {}

  /**
   * Publishes the new state of an instrument, once for each frame that has changed it. The last
   * price is known.
   */
  default void onState(InstrumentState state, Batch out) {}
}
