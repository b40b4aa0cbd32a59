package dev.tapeline.plant.wire;

import dev.tapeline.market.event.DayFigures;
import dev.tapeline.market.event.LastValues;
import java.math.BigDecimal;

/**
 * The state of an instrument that has a last price.
 *
 * @param price the last price
 */
record InstrumentState(
    InstrumentChannels channels, BigDecimal price, LastValues last, DayFigures day) {}
