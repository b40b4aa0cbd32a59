package dev.tapeline.store.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.tick.Side;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Something that is kept. Times are epoch ms UTC. */
public sealed interface HistoryRow {

  Series series();

  long time();

  /**
   * A closed bar. A series has one for each frame and time: that whose beginning was seen comes
   * before one of which it was not, then the one of the higher revision, then the newer one.
   */
  record OfBar(Series series, Bar bar) implements HistoryRow {

    public OfBar {
      if (!bar.state().closed()) {
        throw new IllegalArgumentException("not closed: " + bar);
      }
    }

    @Override
    public long time() {
      return bar.time();
    }
  }

  /**
   * A trade, or a value of an index. A series has one for each time, id and ordinal.
   *
   * @param id the exchange's number of the trade; {@link dev.tapeline.market.tick.Tick#NO_ID} where
   *     the vendor sends none
   * @param ordinal tells ticks without an id apart that have the same time
   * @param quantity null for an index, and where the vendor sends none
   * @param aggressor null where the vendor does not send it
   */
  record OfTick(
      Series series,
      long time,
      long id,
      int ordinal,
      BigDecimal price,
      @Nullable BigDecimal quantity,
      @Nullable Side aggressor)
      implements HistoryRow {}

  /**
   * A snapshot of an option chain. A series has one for each expiry and time.
   *
   * @param json the payload as it was published, in UTF-8; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // owned by the row, and not compared
  record OfChain(Series series, LocalDate expiry, long time, byte[] json) implements HistoryRow {}

  /** The value of a figure. A series has one for each figure and time: the newest one. */
  record OfFigure(Series series, Figure figure, long time, double value) implements HistoryRow {

    public OfFigure {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("no value of %s: %s".formatted(figure, value));
      }
    }
  }
}
