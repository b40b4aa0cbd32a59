package dev.tapeline.plant.wire;

import dev.tapeline.market.event.DayFigures;
import dev.tapeline.market.event.LastValues;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instrument that has a last price.
 *
 * @param price the last price
 */
record InstrumentState(
    InstrumentChannels channels, BigDecimal price, LastValues last, DayFigures day) {

  /** The state now; null before there is a last price. */
  static @Nullable InstrumentState of(InstrumentChannels channels) {
    LastValues last = channels.last;
    BigDecimal price = last == null ? null : last.price();
    DayFigures day = channels.day;
    return last == null || price == null || day == null
        ? null
        : new InstrumentState(channels, price, last, day);
  }
}
