package dev.tapeline.market.option;

import dev.tapeline.market.instrument.Instrument.Right;

/**
 * A European option on a forward, by F. Black, "The pricing of commodity contracts" (1976). Prices
 * are those of today: discounted by the rate.
 *
 * @param years the time that is left
 * @param rate a year, compounded continuously; 0 for an option that is margined like a future
 */
public record Black76(Right right, double forward, double strike, double years, double rate) {

  /** What one unit at the expiry is worth today. */
  public double discount() {
    return new Expiry76(forward, years, rate).discount();
  }

  /** The price under a volatility a year; that of exercise if volatility or time is 0. */
  public double price(double volatility) {
    return pair().price(right, volatility);
  }

  /** The volatility a year under which this is the price. */
  public ImpliedVolatility implied(double price) {
    return pair().implied(right, price);
  }

  /** The greeks under a volatility a year, which is above 0, as the time is. */
  public Greeks greeks(double volatility) {
    return pair().greeks(right, volatility);
  }

  private Pair76 pair() {
    return new Expiry76(forward, years, rate).pair(strike);
  }
}
