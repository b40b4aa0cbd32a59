package dev.tapeline.market.event;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one instrument's session so far; unknown ones are null. Prices are in the
 * instrument's currency. A live view, read on the market's thread.
 */
public interface DayFigures {

  @Nullable BigDecimal open();

  @Nullable BigDecimal high();

  @Nullable BigDecimal low();

  /** The close of the session before. */
  @Nullable BigDecimal prevClose();

  /** The traded quantity: the vendor's figure, or the sum of the trades; null for an index. */
  @Nullable BigDecimal volume();

  /**
   * The average price of the trades, weighted by quantity: the vendor's figure, or that of the
   * trades, rounded half up to two places more than the finest price of them.
   */
  @Nullable BigDecimal average();

  /** The number of open contracts, as the vendor has told it. */
  @Nullable BigDecimal openInterest();

  /** The open contracts less those of the session before. */
  @Nullable BigDecimal openInterestChange();

  /** The last price less the previous close. */
  @Nullable BigDecimal change();

  /** The change in percent of the previous close, to two places, half up. */
  @Nullable BigDecimal changePct();
}
