package dev.tapeline.market.board;

import dev.tapeline.market.event.DayFigures;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The session of one instrument. Owned by the thread of its market. */
final class InstrumentDay implements DayFigures {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** The decimal places of an average beyond those of the prices. */
  private static final int MORE_PLACES = 2;

  private @Nullable BigDecimal last;
  private @Nullable BigDecimal prevClose;
  private @Nullable BigDecimal open;
  private @Nullable BigDecimal high;
  private @Nullable BigDecimal low;

  /** The quantity of the trades seen; null before the first one. */
  private @Nullable BigDecimal traded;

  /** The sum of price times quantity of the trades seen. */
  private BigDecimal turnover = BigDecimal.ZERO;

  private int priceScale;
  private Tick.@Nullable DayStats vendor;

  void traded(Tick.Trade trade) {
    valued(trade.price());
    BigDecimal price = trade.price().stripTrailingZeros(); // short, so that sums stay fast
    priceScale = Math.max(priceScale, price.scale());
    BigDecimal quantity = trade.quantity();
    if (quantity != null) {
      traded = traded == null ? quantity : traded.add(quantity);
      turnover = turnover.add(price.multiply(quantity.stripTrailingZeros()));
    }
  }

  void valued(BigDecimal price) {
    last = price;
    if (open == null || high == null || low == null) {
      open = price;
      high = price;
      low = price;
    }
    high = high.max(price);
    low = low.min(price);
  }

  void told(Tick.DayStats stats) {
    vendor = stats;
    if (stats.prevClose() != null) {
      prevClose = stats.prevClose();
    }
  }

  void start(@Nullable BigDecimal close) {
    prevClose = close;
    last = null;
    open = null;
    high = null;
    low = null;
    traded = null;
    turnover = BigDecimal.ZERO;
    priceScale = 0;
    vendor = null;
  }

  @Override
  public @Nullable BigDecimal open() {
    return vendor != null && vendor.open() != null ? vendor.open() : open;
  }

  /** The vendor's figure, or that of a later trade beyond it. */
  @Override
  public @Nullable BigDecimal high() {
    BigDecimal told = vendor == null ? null : vendor.high();
    return told == null || high == null ? (told == null ? high : told) : told.max(high);
  }

  @Override
  public @Nullable BigDecimal low() {
    BigDecimal told = vendor == null ? null : vendor.low();
    return told == null || low == null ? (told == null ? low : told) : told.min(low);
  }

  @Override
  public @Nullable BigDecimal prevClose() {
    return prevClose;
  }

  @Override
  public @Nullable BigDecimal volume() {
    return vendor != null && vendor.volume() != null ? vendor.volume() : traded;
  }

  @Override
  public @Nullable BigDecimal average() {
    if (vendor != null && vendor.average() != null) {
      return vendor.average();
    }
    return traded == null || traded.signum() == 0
        ? null
        : turnover.divide(traded, Math.max(0, priceScale) + MORE_PLACES, RoundingMode.HALF_UP);
  }

  @Override
  public @Nullable BigDecimal change() {
    return last == null || prevClose == null ? null : last.subtract(prevClose);
  }

  @Override
  public @Nullable BigDecimal changePct() {
    BigDecimal change = change();
    if (change == null || prevClose == null || prevClose.signum() == 0) {
      return null;
    }
    return change.multiply(HUNDRED).divide(prevClose, 2, RoundingMode.HALF_UP);
  }
}
