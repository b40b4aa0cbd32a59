package dev.tapeline.simulate.dhan;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.market.DeepBook;
import dev.tapeline.simulate.market.QuoteState;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of an instrument in Dhan's terms. */
final class DhanQuotes {

  /** India's wall clock is ahead of UTC by this much, and Dhan's times with it. */
  static final long IST_SECONDS = 19_800;

  private static final int ALL_LEVELS = 1000;

  private DhanQuotes() {}

  static long time(QuoteState quote) {
    return quote.lastTime() / 1000 + IST_SECONDS;
  }

  static BigDecimal orZero(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  static DhanFigures figures(QuoteState quote) {
    return new DhanFigures(
        orZero(quote.last()),
        quote.lastQuantity().longValue(),
        time(quote),
        quote.day().average(),
        quote.day().volume().longValue(),
        QuoteState.total(quote.asks(ALL_LEVELS)).longValue(),
        QuoteState.total(quote.bids(ALL_LEVELS)).longValue(),
        orZero(quote.day().open()),
        orZero(quote.day().prevClose()),
        orZero(quote.day().high()),
        orZero(quote.day().low()));
  }

  static DhanInterest interest(QuoteState quote) {
    Tick.OpenInterest interest = quote.openInterest();
    return interest == null
        ? DhanInterest.NONE
        : new DhanInterest(
            interest.value().longValue(),
            orZero(interest.dayHigh()).longValue(),
            orZero(interest.dayLow()).longValue());
  }

  static long previousInterest(QuoteState quote) {
    Tick.OpenInterest interest = quote.openInterest();
    return interest == null ? 0 : orZero(interest.previous()).longValue();
  }

  static boolean isIndex(QuoteState quote) {
    return quote.instrument() instanceof Instrument.Index;
  }

  static boolean isDerivative(QuoteState quote) {
    return quote.instrument() instanceof Instrument.Option
        || quote.instrument() instanceof Instrument.Future;
  }

  static List<DepthRow> bids(QuoteState quote, int count) {
    return rows(quote.bids(count));
  }

  static List<DepthRow> asks(QuoteState quote, int count) {
    return rows(quote.asks(count));
  }

  /** The bids of a depth socket, which go on where the market's end. */
  static List<DepthRow> deepBids(QuoteState quote, int count) {
    return rows(DeepBook.bids(quote, count));
  }

  static List<DepthRow> deepAsks(QuoteState quote, int count) {
    return rows(DeepBook.asks(quote, count));
  }

  private static List<DepthRow> rows(List<Level> levels) {
    return levels.stream().map(DhanQuotes::row).toList();
  }

  private static DepthRow row(Level level) {
    return new DepthRow(level.price(), level.quantity().longValue(), DeepBook.orders(level));
  }
}
