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

  // The vendor's figure, or that of a trade after it which is beyond.
  private @Nullable BigDecimal high;
  private @Nullable BigDecimal low;

  // What the vendor has told of this session; null before.
  private @Nullable BigDecimal toldOpen;
  private @Nullable BigDecimal toldVolume;
  private @Nullable BigDecimal toldAverage;

  private @Nullable BigDecimal interest;
  private @Nullable BigDecimal prevInterest;

  /** The quantity of the trades seen; null before the first one. */
  private @Nullable BigDecimal traded;

  /** The sum of price times quantity of the trades seen. */
  private BigDecimal turnover = BigDecimal.ZERO;

  private int priceScale;

  void traded(Tick.Trade trade) {
    valued(trade.price());
    if (!isTold()) {
      sum(trade.price().stripTrailingZeros(), trade.quantity()); // short, so that sums stay fast
    }
  }

  private void sum(BigDecimal price, @Nullable BigDecimal quantity) {
    priceScale = Math.max(priceScale, price.scale());
    if (quantity != null) {
      traded = traded == null ? quantity : traded.add(quantity);
      turnover = turnover.add(price.multiply(quantity.stripTrailingZeros()));
    }
  }

  /** Whether the vendor's own figures stand for the sums until the session ends. */
  private boolean isTold() {
    return toldVolume != null && toldAverage != null;
  }

  void valued(BigDecimal price) {
    last = price;
    open = open == null ? price : open;
    high = high == null ? price : high.max(price);
    low = low == null ? price : low.min(price);
  }

  /** Takes a last price that is no trade: it makes no open, high or low. */
  void priced(BigDecimal price) {
    last = price;
  }

  void told(Tick.OpenInterest told) {
    interest = told.value();
    prevInterest = newer(told.previous(), prevInterest);
  }

  /**
   * Takes the figures that the vendor sends. One that it leaves out stays as it was. Another
   * previous close than before belongs to another session.
   */
  void told(Tick.DayStats stats) {
    if (isOtherSession(stats.prevClose())) {
      start(stats.prevClose());
    }
    prevClose = newer(stats.prevClose(), prevClose);
    toldOpen = newer(stats.open(), toldOpen);
    high = newer(stats.high(), high);
    low = newer(stats.low(), low);
    toldVolume = newer(stats.volume(), toldVolume);
    toldAverage = newer(stats.average(), toldAverage);
  }

  private boolean isOtherSession(@Nullable BigDecimal close) {
    return close != null && prevClose != null && close.compareTo(prevClose) != 0;
  }

  private static @Nullable BigDecimal newer(
      @Nullable BigDecimal told, @Nullable BigDecimal before) {
    return told == null ? before : told;
  }

  void start(@Nullable BigDecimal close) {
    prevClose = close;
    last = null;
    open = null;
    high = null;
    low = null;
    toldOpen = null;
    toldVolume = null;
    toldAverage = null;
    prevInterest = newer(interest, prevInterest);
    traded = null;
    turnover = BigDecimal.ZERO;
    priceScale = 0;
  }

  @Override
  public @Nullable BigDecimal open() {
    return newer(toldOpen, open);
  }

  @Override
  public @Nullable BigDecimal high() {
    return high;
  }

  @Override
  public @Nullable BigDecimal low() {
    return low;
  }

  @Override
  public @Nullable BigDecimal prevClose() {
    return prevClose;
  }

  @Override
  public @Nullable BigDecimal volume() {
    return newer(toldVolume, traded);
  }

  @Override
  public @Nullable BigDecimal average() {
    if (toldAverage != null) {
      return toldAverage;
    }
    return traded == null || traded.signum() == 0
        ? null
        : turnover.divide(traded, Math.max(0, priceScale) + MORE_PLACES, RoundingMode.HALF_UP);
  }

  @Override
  public @Nullable BigDecimal openInterest() {
    return interest;
  }

  @Override
  public @Nullable BigDecimal openInterestChange() {
    return interest == null || prevInterest == null ? null : interest.subtract(prevInterest);
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
