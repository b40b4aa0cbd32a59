package dev.tapeline.store.history;

import java.util.Locale;

/** A figure of which a series is kept, one value an instant. */
public enum Figure {
  /** The implied volatility at the money at the end of a session, in percent a year. */
  ATM_IV,
  /** The volatility of constant maturity, 30 days, in percent a year. */
  CM30,
  /** The volatility index by the formula of an exchange, in points. */
  VIX;

  /** The word for it in stores and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
