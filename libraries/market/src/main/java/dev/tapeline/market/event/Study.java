package dev.tapeline.market.event;

import dev.tapeline.market.tick.Tick;
import java.util.function.Consumer;

/**
 * A calculation that turns ticks, other events and time into events. A study has no clock and no
 * randomness: the same input gives the same events. It is owned by the thread of its market.
 *
 * <p>The studies of a market form a sequence. A tick reaches each of them in order; an event of one
 * study reaches the studies behind it.
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
   * Takes the time that the source has reached, with or without a tick.
   *
   * @param millis epoch ms UTC
   */
  default void onTime(long millis, Consumer<MarketEvent> out) {}

  /**
   * Takes whether the source gets what it should: what there was while it did not is missing.
   * Nothing is said at first, and of a source that can't fail, such as a recording of trades.
   */
  default void onFeed(boolean isUp, Consumer<MarketEvent> out) {}
}
