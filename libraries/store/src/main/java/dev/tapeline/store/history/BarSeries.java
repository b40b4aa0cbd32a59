package dev.tapeline.store.history;

import dev.tapeline.market.bar.Frame;

/** A series of bars of one frame, of which the store has some. */
public record BarSeries(Series series, Frame frame) {}
