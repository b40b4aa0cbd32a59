package dev.tapeline.rest.history;

import dev.tapeline.market.instrument.Instrument;

/**
 * An instrument, and when it trades.
 *
 * @param keepsHours whether it trades in the hours of its venue; simulated ones trade at any time
 */
public record TradedInstrument(Instrument instrument, boolean keepsHours) {}
