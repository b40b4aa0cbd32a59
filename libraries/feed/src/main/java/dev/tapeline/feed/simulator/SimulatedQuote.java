package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest figures of a simulated instrument, as a vendor would state them on request.
 *
 * @param last null before the first price
 * @param interest null where the instrument is no contract
 */
public record SimulatedQuote(
    Instrument instrument,
    @Nullable LastDeal last,
    DayView day,
    @Nullable InterestView interest,
    DepthView depth) {

  /**
   * The last price.
   *
   * @param quantity null for the value of an index, and for the indicative price of the pre-open
   * @param time epoch ms UTC
   */
  public record LastDeal(BigDecimal price, @Nullable BigDecimal quantity, long time) {}

  /**
   * The figures of the session.
   *
   * @param open null before the first trade, as {@code high}, {@code low} and {@code average} are
   */
  public record DayView(
      @Nullable BigDecimal open,
      @Nullable BigDecimal high,
      @Nullable BigDecimal low,
      BigDecimal volume,
      @Nullable BigDecimal average,
      BigDecimal prevClose) {}

  /** The open contracts, in units of the underlying. */
  public record InterestView(
      BigDecimal value, BigDecimal dayHigh, BigDecimal dayLow, BigDecimal previous) {}

  /**
   * The best five levels, and the quantities of all.
   *
   * @param bids the best first, as {@code asks} are
   */
  public record DepthView(
      BigDecimal buyQuantity,
      BigDecimal sellQuantity,
      List<DepthLevel> bids,
      List<DepthLevel> asks) {

    static final int LEVELS = 5;

    /** Nothing is bid or offered. */
    static final DepthView NONE =
        new DepthView(BigDecimal.ZERO, BigDecimal.ZERO, List.of(), List.of());

    public DepthView {
      bids = List.copyOf(bids);
      asks = List.copyOf(asks);
    }
  }

  /** The orders at a price. */
  public record DepthLevel(BigDecimal price, BigDecimal quantity, int orders) {

    private static final int LOTS_AN_ORDER = 40;
    private static final int MOST_ORDERS = 250;

    static DepthLevel of(Units units, long ticks, long lots) {
      int orders = (int) Math.min(MOST_ORDERS, 1 + lots / LOTS_AN_ORDER);
      return new DepthLevel(units.price(ticks), units.quantity(lots), orders);
    }
  }
}
