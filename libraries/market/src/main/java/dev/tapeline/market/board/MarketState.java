package dev.tapeline.market.board;

import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What the current session of one instrument amounts to so far; what is unknown is null. A live
 * view: the thread that owns the {@link MarketBoard} changes it and may read it.
 */
public final class MarketState {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private @Nullable BigDecimal ltp;
  private @Nullable BigDecimal ltq;
  private @Nullable BigDecimal open;
  private @Nullable BigDecimal high;
  private @Nullable BigDecimal low;
  private @Nullable BigDecimal prevClose;
  private @Nullable BigDecimal volume;
  private @Nullable Level bid;
  private @Nullable Level ask;
  private long lastTime;

  MarketState() {}

  MarketBoard.Change apply(Tick tick) {
    return switch (tick) {
      case Tick.Trade trade -> {
        last(trade.price(), trade.times());
        ltq = trade.quantity();
        volume = volume == null ? trade.quantity() : volume.add(trade.quantity());
        yield MarketBoard.Change.LAST;
      }
      case Tick.IndexValue index -> {
        last(index.value(), index.times());
        yield MarketBoard.Change.LAST;
      }
      case Tick.Quote quote -> quote(quote.bid(), quote.ask());
      case Tick.Depth _ -> MarketBoard.Change.NONE;
      case Tick.SessionStart session -> {
        start(session.prevClose());
        yield MarketBoard.Change.NONE;
      }
    };
  }

  private void last(BigDecimal price, Times times) {
    ltp = price;
    lastTime = times.exchange();
    if (open == null || high == null || low == null) {
      open = price;
      high = price;
      low = price;
    }
    high = high.max(price);
    low = low.min(price);
  }

  private MarketBoard.Change quote(Level newBid, Level newAsk) {
    boolean moved = !samePrice(bid, newBid) || !samePrice(ask, newAsk);
    bid = newBid;
    ask = newAsk;
    return moved ? MarketBoard.Change.QUOTE : MarketBoard.Change.NONE;
  }

  private static boolean samePrice(@Nullable Level before, Level now) {
    return before != null
        && before.isRemoval() == now.isRemoval()
        && before.price().compareTo(now.price()) == 0;
  }

  private void start(@Nullable BigDecimal close) {
    prevClose = close;
    ltp = null;
    ltq = null;
    open = null;
    high = null;
    low = null;
    volume = null;
    bid = null;
    ask = null;
    lastTime = 0;
  }

  public @Nullable BigDecimal ltp() {
    return ltp;
  }

  public @Nullable BigDecimal ltq() {
    return ltq;
  }

  public @Nullable BigDecimal open() {
    return open;
  }

  public @Nullable BigDecimal high() {
    return high;
  }

  public @Nullable BigDecimal low() {
    return low;
  }

  public @Nullable BigDecimal prevClose() {
    return prevClose;
  }

  /** The sum of the quantities traded; null for what isn't traded. */
  public @Nullable BigDecimal volume() {
    return volume;
  }

  public @Nullable BigDecimal bid() {
    return price(bid);
  }

  public @Nullable BigDecimal ask() {
    return price(ask);
  }

  private static @Nullable BigDecimal price(@Nullable Level level) {
    return level == null || level.isRemoval() ? null : level.price();
  }

  /** The last price less the previous close. */
  public @Nullable BigDecimal change() {
    return ltp == null || prevClose == null ? null : ltp.subtract(prevClose);
  }

  /** The change in percent of the previous close, to two places, half up. */
  public @Nullable BigDecimal changePct() {
    BigDecimal change = change();
    if (change == null || prevClose == null || prevClose.signum() == 0) {
      return null;
    }
    return change.multiply(HUNDRED).divide(prevClose, 2, RoundingMode.HALF_UP);
  }

  /** When the last price arose at the exchange, epoch ms; 0 if unknown. */
  public long lastTime() {
    return lastTime;
  }
}
