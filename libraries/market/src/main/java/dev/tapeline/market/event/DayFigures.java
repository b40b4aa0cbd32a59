package dev.tapeline.market.event;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the session of one instrument amounts to so far; what is not known is null. Prices are in
 * the instrument's currency. A live view, read on the market's thread.
 */
public interface DayFigures {

  @Nullable BigDecimal open();

  @Nullable BigDecimal high();

  @Nullable BigDecimal low();

  /** The close of the session before. */
  @Nullable BigDecimal prevClose();

  /** What has been traded: the vendor's figure, or the sum of the trades; null for an index. */
  @Nullable BigDecimal volume();

  /**
   * The average price of what has been traded, weighted by quantity: the vendor's figure, or that
   * of the trades, rounded half up to two places more than the finest price of them.
   */
  @Nullable BigDecimal average();

  /** The last price less the previous close. */
  @Nullable BigDecimal change();

  /** The change in percent of the previous close, to two places, half up. */
  @Nullable BigDecimal changePct();
}
