package dev.tapeline.feed.deribit;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes ticks of Deribit's data. Each method throws an {@link IllegalArgumentException} where
 * something is missing or impossible.
 */
final class DeribitTicks {

  private static final int MAX_LEVELS = 20_000;

  private DeribitTicks() {}

  /** The data of a ticker channel, or the answer of {@code public/ticker}. */
  static TickerTicks ticker(JsonNode data, Instrument instrument, long received) {
    Times times = new Times(DeribitJson.whole(data, "timestamp"), received);
    return new TickerTicks(
        last(data, "last_price", instrument, times),
        quote(data, instrument, times),
        stats(data.path("stats"), instrument, times),
        interest(data, instrument, times),
        instrument instanceof Instrument.Option ? marks(data, instrument, times) : null);
  }

  private static Tick.@Nullable LastPrice last(
      JsonNode data, String name, Instrument instrument, Times times) {
    BigDecimal price = someOrNull(data, name);
    return price == null ? null : new Tick.LastPrice(instrument, times, price);
  }

  /** A number; null if it is absent or 0, which Deribit sends where there is none. */
  private static @Nullable BigDecimal someOrNull(JsonNode data, String name) {
    BigDecimal number = DeribitJson.number(data, name);
    return number == null || number.signum() == 0 ? null : number;
  }

  private static Tick.Quote quote(JsonNode data, Instrument instrument, Times times) {
    return new Tick.Quote(
        instrument,
        times,
        0,
        best(data, "best_bid_price", "best_bid_amount"),
        best(data, "best_ask_price", "best_ask_amount"));
  }

  private static @Nullable BestPrice best(JsonNode data, String priceName, String amountName) {
    BigDecimal price = someOrNull(data, priceName);
    BigDecimal amount = someOrNull(data, amountName);
    return price == null || amount == null ? null : new BestPrice(price, amount);
  }

  private static Tick.@Nullable DayStats stats(JsonNode data, Instrument instrument, Times times) {
    BigDecimal high = DeribitJson.number(data, "high");
    BigDecimal low = DeribitJson.number(data, "low");
    BigDecimal volume = DeribitJson.number(data, "volume");
    boolean none = high == null && low == null && volume == null;
    return none ? null : new Tick.DayStats(instrument, times, null, high, low, volume, null, null);
  }

  private static Tick.@Nullable OpenInterest interest(
      JsonNode data, Instrument instrument, Times times) {
    BigDecimal value = DeribitJson.number(data, "open_interest");
    return value == null ? null : new Tick.OpenInterest(instrument, times, value, null, null, null);
  }

  private static Tick.@Nullable Marks marks(JsonNode data, Instrument instrument, Times times) {
    JsonNode greeks = data.path("greeks");
    if (greeks.isMissingNode() && data.path("mark_iv").isMissingNode()) {
      return null;
    }
    return new Tick.Marks(
        instrument,
        times,
        someOrNull(data, "mark_iv"),
        someOrNull(data, "bid_iv"),
        someOrNull(data, "ask_iv"),
        DeribitJson.number(greeks, "delta"),
        DeribitJson.number(greeks, "gamma"),
        DeribitJson.number(greeks, "theta"),
        DeribitJson.number(greeks, "vega"),
        DeribitJson.number(greeks, "rho"),
        DeribitJson.number(data, "mark_price"),
        someOrNull(data, "underlying_price"));
  }

  /** A row of {@code public/get_book_summary_by_currency}, which has no amounts and no greeks. */
  static TickerTicks summary(JsonNode row, Instrument instrument, long received) {
    Times times = new Times(DeribitJson.whole(row, "creation_timestamp"), received);
    return new TickerTicks(
        last(row, "last", instrument, times),
        new Tick.Quote(
            instrument, times, 0, priceAlone(row, "bid_price"), priceAlone(row, "ask_price")),
        stats(row, instrument, times),
        interest(row, instrument, times),
        instrument instanceof Instrument.Option ? marks(row, instrument, times) : null);
  }

  private static @Nullable BestPrice priceAlone(JsonNode row, String name) {
    BigDecimal price = someOrNull(row, name);
    return price == null ? null : new BestPrice(price, null);
  }

  /** A row of {@code markprice.options}, whose volatility is a fraction. */
  static Tick.Marks markPrice(JsonNode row, Instrument instrument, long received) {
    BigDecimal iv = someOrNull(row, "iv");
    return new Tick.Marks(
        instrument,
        new Times(DeribitJson.whole(row, "timestamp"), received),
        iv == null ? null : iv.movePointRight(2),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        DeribitJson.number(row, "mark_price"),
        null);
  }

  /** The rows of a channel that has several. */
  static JsonNode rows(JsonNode data) {
    if (!data.isArray()) {
      throw new IllegalArgumentException("the data are not a list");
    }
    return data;
  }

  /** The name of the instrument that a row is about. */
  static String name(JsonNode row) {
    return DeribitJson.require(DeribitJson.text(row, "instrument_name"), "instrument_name");
  }

  /** A row of a trades channel. */
  static Tick.Trade trade(JsonNode row, Instrument instrument, long received) {
    return new Tick.Trade(
        instrument,
        new Times(DeribitJson.whole(row, "timestamp"), received),
        DeribitJson.whole(row, "trade_seq"),
        DeribitJson.require(DeribitJson.number(row, "price"), "price"),
        DeribitJson.require(DeribitJson.number(row, "amount"), "amount"),
        side(DeribitJson.text(row, "direction")),
        null);
  }

  private static @Nullable Side side(@Nullable String direction) {
    return switch (String.valueOf(direction)) {
      case "buy" -> Side.BUY;
      case "sell" -> Side.SELL;
      default -> null;
    };
  }

  /** The value of a price index or a volatility index. */
  static Tick.IndexValue value(JsonNode data, Instrument instrument, long received) {
    String name = DeribitNames.isVolatility(instrument.securityId()) ? "volatility" : "price";
    return new Tick.IndexValue(
        instrument,
        new Times(DeribitJson.whole(data, "timestamp"), received),
        DeribitJson.require(DeribitJson.number(data, name), name));
  }

  /**
   * The data of a book channel. A change says which one it follows: its first number is the one
   * after that, so that a change that was missed leaves a gap.
   */
  static Tick.Depth book(JsonNode data, Instrument instrument, long received) {
    boolean snapshot =
        switch (String.valueOf(DeribitJson.text(data, "type"))) {
          case "snapshot" -> true;
          case "change" -> false;
          default -> throw new IllegalArgumentException("neither a snapshot nor a change");
        };
    long id = DeribitJson.whole(data, "change_id");
    long first = snapshot ? id : DeribitJson.whole(data, "prev_change_id") + 1;
    return new Tick.Depth(
        instrument,
        new Times(DeribitJson.whole(data, "timestamp"), received),
        snapshot,
        first,
        id,
        levels(data, "bids"),
        levels(data, "asks"),
        null);
  }

  private static List<Level> levels(JsonNode data, String name) {
    JsonNode rows = data.path(name);
    if (!rows.isArray() || rows.size() > MAX_LEVELS) {
      throw new IllegalArgumentException("%s are not a list of levels".formatted(name));
    }
    List<Level> levels = new ArrayList<>(rows.size());
    for (JsonNode row : rows) {
      if (!row.isArray() || row.size() != 3) {
        throw new IllegalArgumentException("a level is not an action, a price and an amount");
      }
      levels.add(level(row));
    }
    return levels;
  }

  private static Level level(JsonNode row) {
    BigDecimal price = DeribitJson.exact(row.path(1), "price");
    BigDecimal amount = DeribitJson.exact(row.path(2), "amount");
    return switch (row.path(0).asString("")) {
      case "new", "change" -> new Level(price, amount);
      case "delete" -> new Level(price, BigDecimal.ZERO);
      default -> throw new IllegalArgumentException("a level of another action");
    };
  }
}
