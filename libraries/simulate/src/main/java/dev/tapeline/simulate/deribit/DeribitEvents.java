package dev.tapeline.simulate.deribit;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what Deribit tells of its instruments. */
final class DeribitEvents {

  private DeribitEvents() {}

  static BigDecimal orZero(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.ZERO : Json.number(value);
  }

  static ObjectNode ticker(
      Instrument instrument, QuoteState quote, @Nullable BigDecimal index, long now) {
    ObjectNode out =
        Json.object()
            .put("timestamp", now)
            .put("instrument_name", instrument.symbol())
            .put("state", "open");
    best(out, "best_bid", quote.bid());
    best(out, "best_ask", quote.ask());
    out.put("last_price", orZero(quote.last()))
        .put("index_price", orZero(index))
        .put("estimated_delivery_price", orZero(index))
        .put("settlement_price", orZero(quote.day().prevClose()))
        .put("open_interest", interest(quote));
    if (instrument instanceof Instrument.Option option) {
      out.put("min_price", new BigDecimal("0.0001")).put("max_price", BigDecimal.ONE);
      marks(out, quote.marks());
      out.put("underlying_index", DeribitMarket.future(option))
          .put("interest_rate", BigDecimal.ZERO);
    } else {
      out.put("mark_price", mark(quote));
    }
    if (instrument instanceof Instrument.Pair) {
      out.put("current_funding", BigDecimal.ZERO).put("funding_8h", BigDecimal.ZERO);
    }
    stats(out.putObject("stats"), quote);
    return out;
  }

  /** The mark price: that of the model, or the middle of the best prices where there is none. */
  private static BigDecimal mark(@Nullable QuoteState quote) {
    if (quote == null) {
      return BigDecimal.ZERO;
    }
    Tick.Marks marks = quote.marks();
    return orZero(marks == null ? quote.middle() : marks.price());
  }

  private static void best(ObjectNode out, String name, @Nullable Level level) {
    out.put(name + "_price", orZero(level == null ? null : level.price()));
    out.put(name + "_amount", orZero(level == null ? null : level.quantity()));
  }

  private static BigDecimal interest(QuoteState quote) {
    Tick.OpenInterest interest = quote.openInterest();
    return orZero(interest == null ? null : interest.value());
  }

  private static void marks(ObjectNode out, Tick.@Nullable Marks marks) {
    out.put("mark_price", orZero(marks == null ? null : marks.price()))
        .put("mark_iv", orZero(marks == null ? null : marks.iv()))
        .put("bid_iv", orZero(marks == null ? null : marks.bidIv()))
        .put("ask_iv", orZero(marks == null ? null : marks.askIv()))
        .put("underlying_price", orZero(marks == null ? null : marks.underlying()));
    out.putObject("greeks")
        .put("delta", orZero(marks == null ? null : marks.delta()))
        .put("gamma", orZero(marks == null ? null : marks.gamma()))
        .put("theta", orZero(marks == null ? null : marks.theta()))
        .put("vega", orZero(marks == null ? null : marks.vega()))
        .put("rho", orZero(marks == null ? null : marks.rho()));
  }

  private static void stats(ObjectNode out, QuoteState quote) {
    boolean traded = quote.day().trades() > 0;
    out.put("volume", orZero(quote.day().volume()))
        .put("price_change", traded ? change(quote) : null)
        .put("high", traded ? orZero(quote.day().high()) : null)
        .put("low", traded ? orZero(quote.day().low()) : null);
  }

  private static BigDecimal change(QuoteState quote) {
    BigDecimal open = quote.day().open();
    BigDecimal last = quote.last();
    return open == null || last == null || open.signum() == 0
        ? BigDecimal.ZERO
        : last.subtract(open).movePointRight(2).divide(open, 4, RoundingMode.HALF_UP);
  }

  /**
   * A trade, whose number is given by the {@link TradeTape}.
   *
   * @param quote the figures of the instrument; null where there are none
   */
  static ObjectNode trade(
      Instrument instrument,
      Tick.Trade trade,
      @Nullable QuoteState quote,
      @Nullable BigDecimal index) {
    boolean bought = trade.aggressor() == Side.BUY;
    ObjectNode out =
        Json.object()
            .put("trade_id", Long.toString(trade.id()))
            .put("timestamp", trade.times().exchange())
            .put("instrument_name", instrument.symbol())
            .put("price", orZero(trade.price()))
            .put("amount", orZero(trade.quantity()))
            .put("direction", bought ? "buy" : "sell")
            .put("tick_direction", bought ? 0 : 2)
            .put("index_price", orZero(index))
            .put("mark_price", mark(quote));
    Tick.Marks marks = quote == null ? null : quote.marks();
    return marks == null ? out : out.put("iv", orZero(marks.iv()));
  }

  static ObjectNode summary(Instrument instrument, QuoteState quote, long now) {
    String currency = DeribitMarket.currency(instrument);
    ObjectNode out =
        Json.object()
            .put("instrument_name", instrument.symbol())
            .put("base_currency", currency)
            .put("quote_currency", instrument instanceof Instrument.Option ? currency : "USD")
            .put("creation_timestamp", now)
            .put("bid_price", price(quote.bid()))
            .put("ask_price", price(quote.ask()))
            .put("mid_price", middle(quote))
            .put("last", quote.last() == null ? null : Json.number(quote.last()))
            .put("high", quote.day().high() == null ? null : Json.number(quote.day().high()))
            .put("low", quote.day().low() == null ? null : Json.number(quote.day().low()))
            .put("open_interest", interest(quote))
            .put("volume", orZero(quote.day().volume()))
            .put("mark_price", mark(quote));
    if (instrument instanceof Instrument.Option option) {
      Tick.Marks marks = quote.marks();
      out.put("underlying_index", DeribitMarket.future(option))
          .put("interest_rate", BigDecimal.ZERO)
          .put("mark_iv", orZero(marks == null ? null : marks.iv()))
          .put("underlying_price", orZero(marks == null ? null : marks.underlying()));
    }
    return out;
  }

  private static @Nullable BigDecimal price(@Nullable Level level) {
    return level == null ? null : Json.number(level.price());
  }

  private static @Nullable BigDecimal middle(QuoteState quote) {
    return quote.bid() == null || quote.ask() == null ? null : orZero(quote.middle());
  }

  /** A row of {@code markprice.options}, whose volatility is a fraction. */
  static void mark(Instrument.Option option, Tick.Marks marks, long now, ArrayNode out) {
    out.addObject()
        .put("instrument_name", option.symbol())
        .put("mark_price", orZero(marks.price()))
        .put("iv", orZero(marks.iv() == null ? null : marks.iv().movePointLeft(2)))
        .put("timestamp", now);
  }
}
