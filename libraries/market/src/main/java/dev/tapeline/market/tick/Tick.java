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
   * A session begins, or a recording starts over: open, high, low and volume start again, and the
   * book of the session before is void.
   */
  record SessionStart(Instrument instrument, Times times, @Nullable BigDecimal prevClose)
      implements Tick {}
}
