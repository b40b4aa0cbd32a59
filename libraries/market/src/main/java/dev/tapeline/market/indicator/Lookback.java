package dev.tapeline.market.indicator;

/** What a value counts beyond the closed bars that its lengths span; each has what is before it. */
public enum Lookback {
  /** Nothing else. */
  BARS,
  /** The session of the bar so far. */
  SESSION,
  /** The session before that of the bar too. */
  SESSION_BEFORE,
  /** All bars of the series. */
  SERIES
}
