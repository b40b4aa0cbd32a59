package dev.tapeline.market.event;

import dev.tapeline.market.tick.Tick;
import java.util.function.Consumer;

/**
 * Turns ticks, other events and time into events. A study has no clock and no randomness: the same
 * input gives the same events. It is owned by the thread of its market.
 *
 * <p>The studies of a market stand in a row. A tick reaches each of them in order; an event that
 * one of them tells reaches those behind it.
 */
public interface Study {

  /**
   * Takes a tick of the source.
   *
   * @param out takes the events that follow from it
   */
  default void onTick(Tick tick, Consumer<MarketEvent> out) {}

  /** Takes an event of a study in front of this one. */
  default void onEvent(MarketEvent event, Consumer<MarketEvent> out) {}

  /**
   * The source's time has come this far, with or without a tick.
   *
   * @param millis epoch ms UTC
   */
  default void onTime(long millis, Consumer<MarketEvent> out) {}
}
