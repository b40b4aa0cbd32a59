package dev.tapeline.market.chain;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An option of a chain: what vendors have sent, and what follows from it. A live view, read on the
 * market's thread. Volatilities are fractions a year.
 */
public interface ChainLeg {

  Instrument.Option option();

  @Nullable BestPrice bid();

  @Nullable BestPrice ask();

  /** The last price. */
  @Nullable BigDecimal last();

  /** When the last price arose, epoch ms UTC; 0 if there is none. */
  long lastTime();

  /** The last price less the previous close. */
  @Nullable BigDecimal change();

  @Nullable BigDecimal volume();

  /** The open contracts, counted in units of the underlying where the vendor does so. */
  @Nullable BigDecimal openInterest();

  /** The open contracts less those of the session before. */
  @Nullable BigDecimal openInterestChange();

  /** The vendor's own figures; null where it sends none. */
  Tick.@Nullable Marks marks();

  /** The price that its figures are computed of. */
  LegPrice price();

  /** What exercise would bring now, in the unit of the price. */
  double intrinsic();

  /** The price less what exercise would bring; below 0 where the forward is far from the spot. */
  default double timeValue() {
    return price().value() - intrinsic();
  }

  /** What its price implies. */
  LegVolatility volatility();

  /** What its bid implies. */
  LegVolatility bidVolatility();

  /** What its ask implies. */
  LegVolatility askVolatility();

  /** Under the volatility of its strike; null where there is none. */
  @Nullable TraderGreeks greeks();

  /** What today's changes of price and open interest say. */
  BuildUp buildUp();

  /**
   * The change since a snapshot.
   *
   * @param snapshot counted from the newest, which is 0
   */
  LegChange since(int snapshot);
}
