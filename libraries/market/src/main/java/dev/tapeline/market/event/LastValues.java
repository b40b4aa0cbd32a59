package dev.tapeline.market.event;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The latest values of one instrument in its session; unknown ones are null. A live view, read on
 * the market's thread.
 */
public interface LastValues {

  /** The price of the last trade, or the value of an index. */
  @Nullable BigDecimal price();

  /** The quantity of the last trade; null for an index. */
  @Nullable BigDecimal quantity();

  /** The best bid. */
  @Nullable BigDecimal bid();

  /** The best ask. */
  @Nullable BigDecimal ask();

  /** Whether the last price is no trade, but arose before continuous trading. */
  boolean isPreOpen();

  /** When the last price arose at the exchange, epoch ms UTC; 0 if unknown. */
  long time();
}
