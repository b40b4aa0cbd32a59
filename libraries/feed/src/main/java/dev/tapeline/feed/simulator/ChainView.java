package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument.Right;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * An option chain of the simulated market, as a vendor would state it on request.
 *
 * @param spot the price of the underlying
 * @param forward its price for the day of expiry
 * @param rows by strike
 */
public record ChainView(ChainKey key, BigDecimal spot, BigDecimal forward, List<Row> rows) {

  private static final int PRICE_SCALE = 2;
  private static final int FIGURE_SCALE = 6;

  public ChainView {
    rows = List.copyOf(rows);
  }

  /** The call and the put of a strike. */
  public record Row(BigDecimal strike, Leg call, Leg put) {}

  /**
   * An option with the figures that the vendor computes of it.
   *
   * @param iv the implied volatility in percent a year
   * @param delta to the forward price, discounted
   * @param theta a calendar day
   * @param vega for one percent of volatility
   */
  public record Leg(
      SimulatedQuote quote,
      BigDecimal iv,
      BigDecimal delta,
      BigDecimal gamma,
      BigDecimal theta,
      BigDecimal vega) {}

  static ChainView of(SimulatedChain chain) {
    return new ChainView(
        new ChainKey(chain.underlying().name(), chain.expiry()),
        decimal(chain.spot(), PRICE_SCALE),
        decimal(chain.forward(), PRICE_SCALE),
        chain.strikes().stream().map(ChainView::row).toList());
  }

  private static Row row(SimulatedStrike strike) {
    OptionTerms terms = strike.chain().terms(strike.strike());
    return new Row(
        strike.call().instrument().strike(),
        leg(strike.call(), terms, terms.delta(Right.CALL)),
        leg(strike.put(), terms, terms.delta(Right.PUT)));
  }

  private static Leg leg(SimulatedOption option, OptionTerms terms, double delta) {
    return new Leg(
        option.quote(),
        decimal(100 * terms.volatility(), FIGURE_SCALE),
        decimal(delta, FIGURE_SCALE),
        decimal(terms.gamma(), FIGURE_SCALE),
        decimal(terms.theta(), FIGURE_SCALE),
        decimal(terms.vega(), FIGURE_SCALE));
  }

  private static BigDecimal decimal(double value, int scale) {
    return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP);
  }
}
