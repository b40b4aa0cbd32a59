package dev.tapeline.store.history;

import java.util.Locale;

/** A figure of which a series is kept, one value an instant. */
public enum Figure {
  /**
   * The volatility of 30 days at the money at the end of a day of UTC, in percent a year. Days
   * without fresh quotes have none.
   */
  ATM_IV,
  /** The volatility of 30 days at the money, in percent a year; the last of a minute. */
  CM30,
  /** The volatility of 30 days by the prices of all strikes; the last of a minute. */
  VIX,
  /** A session that the source has begun and no calendar has; the value is 1. */
  SESSION;

  /** The word for it in stores and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
