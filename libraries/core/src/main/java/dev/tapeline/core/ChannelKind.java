package dev.tapeline.core;

/**
 * The meaning of a channel's publications, which decides what may be merged when a client can't
 * keep up.
 */
public enum ChannelKind {
  /** Each publication replaces the one before: quotes, tickers, chains, indicators. */
  STATE(true),
  /** Each publication counts by itself and is never merged: trades, signals, alerts. */
  EVENT(false),
  /** Each publication changes what the ones before built up: order-book changes. */
  DELTA(false),
  /** Forming candles: merged, they keep the first open, highest high, lowest low, newest close. */
  BAR(true);

  private final boolean latest;

  ChannelKind(boolean latest) {
    this.latest = latest;
  }

  /** Whether a subscription may ask for the newest publication only. */
  public boolean allowsLatest() {
    return latest;
  }

  /** Whether a subscription may ask for what has changed since the publication before. */
  public boolean allowsDeltas() {
    return this == STATE;
  }
}
