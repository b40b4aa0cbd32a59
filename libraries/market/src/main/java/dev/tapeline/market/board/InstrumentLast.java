package dev.tapeline.market.board;

import dev.tapeline.market.event.LastValues;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The latest values of one instrument. Owned by the thread of its market. */
final class InstrumentLast implements LastValues {

  private @Nullable BigDecimal price;
  private @Nullable BigDecimal quantity;
  private @Nullable BigDecimal bid;
  private @Nullable BigDecimal ask;
  private long time;
  private boolean preOpen;

  void traded(Tick.Trade trade) {
    price = trade.price();
    quantity = trade.quantity();
    time = trade.times().exchange();
    preOpen = false;
  }

  void valued(Tick.IndexValue value) {
    price = value.value();
    time = value.times().exchange();
    preOpen = false;
  }

  void priced(Tick.LastPrice told) {
    price = told.price();
    time = told.times().exchange();
    preOpen = told.preOpen();
  }

  /** Takes a quote, and says whether one of its prices is new. */
  boolean quoted(Tick.Quote quote) {
    BigDecimal newBid = priceOf(quote.bid());
    BigDecimal newAsk = priceOf(quote.ask());
    boolean moved = !isSame(bid, newBid) || !isSame(ask, newAsk);
    bid = newBid;
    ask = newAsk;
    return moved;
  }

  private static @Nullable BigDecimal priceOf(@Nullable BestPrice best) {
    return best == null ? null : best.price();
  }

  private static boolean isSame(@Nullable BigDecimal before, @Nullable BigDecimal now) {
    if (before == null || now == null) {
      return before == null && now == null;
    }
    return before.compareTo(now) == 0;
  }

  void clear() {
    price = null;
    quantity = null;
    bid = null;
    ask = null;
    time = 0;
    preOpen = false;
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
    return bid;
  }

  @Override
  public @Nullable BigDecimal ask() {
    return ask;
  }

  @Override
  public boolean isPreOpen() {
    return preOpen;
  }

  @Override
  public long time() {
    return time;
  }
}
