package dev.tapeline.market.tick;

import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of market data, as a vendor has sent it: values that the vendor does not send are
 * absent. Decimals keep the trailing zeros that the exchange sent.
 *
 * <p>Some carry {@code raw}: the exchange's own JSON object of this event, passed on byte for byte.
 */
public sealed interface Tick {

  Instrument instrument();

  Times times();

  /** The id of a trade without one. */
  long NO_ID = -1;

  /**
   * A trade.
   *
   * @param id the exchange's number of the trade; {@link #NO_ID} where the vendor sends none
   * @param quantity null where the vendor sends prices alone
   * @param aggressor the side that took the quote; null where the vendor does not send it
   */
  record Trade(
      Instrument instrument,
      Times times,
      long id,
      BigDecimal price,
      @Nullable BigDecimal quantity,
      @Nullable Side aggressor,
      @Nullable VendorJson raw)
      implements Tick {

    public Trade {
      if (quantity != null && quantity.signum() < 0) {
        throw new IllegalArgumentException("trade %d of quantity %s".formatted(id, quantity));
      }
    }

    /** Whether the exchange has numbered the trade. */
    public boolean hasId() {
      return id != NO_ID;
    }
  }

  /** The best bid and ask; null where there are no orders, or the vendor does not say. */
  record Quote(
      Instrument instrument,
      Times times,
      long updateId,
      @Nullable BestPrice bid,
      @Nullable BestPrice ask)
      implements Tick {}

  /**
   * Changes of an order book, or a whole one if {@code snapshot}. The ids count the changes at the
   * exchange: a change begins at {@code firstId} and ends at {@code lastId}, a snapshot is the book
   * after {@code lastId}; 0 where the exchange doesn't number them.
   */
  record Depth(
      Instrument instrument,
      Times times,
      boolean snapshot,
      long firstId,
      long lastId,
      List<Level> bids,
      List<Level> asks,
      @Nullable VendorJson raw)
      implements Tick {

    public Depth {
      if (firstId < 0 || lastId < firstId) {
        throw new IllegalArgumentException("update ids %d to %d".formatted(firstId, lastId));
      }
      bids = List.copyOf(bids);
      asks = List.copyOf(asks);
    }

    public boolean isNumbered() {
      return lastId > 0;
    }

    /** The same under numbers that are higher by so much, without what the vendor sent. */
    public Depth renumbered(long more) {
      return new Depth(
          instrument, times, snapshot, firstId + more, lastId + more, bids, asks, null);
    }
  }

  /**
   * The last price as the vendor states it, without a trade of its own: after a subscription, in an
   * answer to a request, before the session opens.
   *
   * @param preOpen whether the price is known to have arisen before continuous trading, as in the
   *     call auction of the opening
   */
  record LastPrice(Instrument instrument, Times times, BigDecimal price, boolean preOpen)
      implements Tick {

    /** A price of which nothing else is known. */
    public LastPrice(Instrument instrument, Times times, BigDecimal price) {
      this(instrument, times, price, false);
    }
  }

  /** The value of an index. */
  record IndexValue(Instrument instrument, Times times, BigDecimal value) implements Tick {}

  /**
   * The vendor's own figures of the session; null where it sends none.
   *
   * @param volume the quantity traded in the session so far
   * @param average the average price of that quantity
   * @param prevClose the close of the session before
   */
  record DayStats(
      Instrument instrument,
      Times times,
      @Nullable BigDecimal open,
      @Nullable BigDecimal high,
      @Nullable BigDecimal low,
      @Nullable BigDecimal volume,
      @Nullable BigDecimal average,
      @Nullable BigDecimal prevClose)
      implements Tick {}

  /**
   * The number of contracts that are open.
   *
   * @param dayHigh the highest of the session; null where the vendor sends none
   * @param dayLow the lowest of the session; null where the vendor sends none
   * @param previous that of the session before; null where the vendor sends none
   */
  record OpenInterest(
      Instrument instrument,
      Times times,
      BigDecimal value,
      @Nullable BigDecimal dayHigh,
      @Nullable BigDecimal dayLow,
      @Nullable BigDecimal previous)
      implements Tick {

    public OpenInterest {
      if (value.signum() < 0) {
        throw new IllegalArgumentException("open interest of %s".formatted(value));
      }
    }
  }

  /**
   * What a vendor itself computes of an option, in the vendor's own units and conventions; null
   * where it sends none.
   *
   * @param iv the implied volatility of its mark price, in percent a year
   * @param bidIv that of the best bid
   * @param askIv that of the best ask
   * @param theta a calendar day
   * @param vega for one percent of volatility
   * @param rho for one percent of the rate
   * @param price its mark price
   * @param underlying the price of the underlying that it has used
   */
  record Marks(
      Instrument instrument,
      Times times,
      @Nullable BigDecimal iv,
      @Nullable BigDecimal bidIv,
      @Nullable BigDecimal askIv,
      @Nullable BigDecimal delta,
      @Nullable BigDecimal gamma,
      @Nullable BigDecimal theta,
      @Nullable BigDecimal vega,
      @Nullable BigDecimal rho,
      @Nullable BigDecimal price,
      @Nullable BigDecimal underlying)
      implements Tick {}

  /**
   * A session begins, or a recording starts over: open, high, low and volume start again, and the
   * book of the session before is void.
   */
  record SessionStart(Instrument instrument, Times times, @Nullable BigDecimal prevClose)
      implements Tick {}
}
