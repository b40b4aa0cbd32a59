package dev.tapeline.market.board;

import dev.tapeline.market.event.LastValues;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The latest values of one instrument. Owned by the thread of its market. */
final class InstrumentLast implements LastValues {

  private @Nullable BigDecimal price;
  private @Nullable BigDecimal quantity;
  private @Nullable Level bid;
  private @Nullable Level ask;
  private long time;

  void traded(Tick.Trade trade) {
    price = trade.price();
    quantity = trade.quantity();
    time = trade.times().exchange();
  }

  void valued(Tick.IndexValue value) {
    price = value.value();
    time = value.times().exchange();
  }

  /** Takes a quote, and says whether one of its prices is new. */
  boolean quoted(Tick.Quote quote) {
    boolean moved = !samePrice(bid, quote.bid()) || !samePrice(ask, quote.ask());
    bid = quote.bid();
    ask = quote.ask();
    return moved;
  }

  private static boolean samePrice(@Nullable Level before, Level now) {
    return before != null
        && before.isRemoval() == now.isRemoval()
        && before.price().compareTo(now.price()) == 0;
  }

  void clear() {
    price = null;
    quantity = null;
    bid = null;
    ask = null;
    time = 0;
  }

  @Override
  public @Nullable BigDecimal price() {
    return price;
  }

  @Override
  public @Nullable BigDecimal quantity() {
    return quantity;
  }

  @Override
  public @Nullable BigDecimal bid() {
    return priceOf(bid);
  }

  @Override
  public @Nullable BigDecimal ask() {
    return priceOf(ask);
  }

  private static @Nullable BigDecimal priceOf(@Nullable Level level) {
    return level == null || level.isRemoval() ? null : level.price();
  }

  @Override
  public long time() {
    return time;
  }
}
