package dev.tapeline.feed.dhan.rest;

import dev.tapeline.feed.dhan.packet.Segment;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An answer of {@code marketfeed}: last prices, or with open, high, low, close, or whole quotes.
 * What is missing or 0 in it, as off hours, becomes no tick. Each price is a {@link
 * Tick.LastPrice}, as it is no trade of its own.
 */
public final class QuoteAnswer {

  private static final int MAX_LEVELS = 20;

  private final TradingHours hours;
  private final Times untimed;
  private final TickListener out;
  private int told;

  private QuoteAnswer(TradingHours hours, long received, TickListener out) {
    this.hours = hours;
    this.untimed = new Times(0, received);
    this.out = out;
  }

  /** Finds the instrument of a segment and an id that is to be told; null for others. */
  @FunctionalInterface
  public interface Finder {
    @Nullable Instrument find(Segment segment, long id);
  }

  /**
   * Tells the ticks of an answer, and ends them if there are any.
   *
   * @return how many there were
   */
  public static int tell(
      JsonNode data, long received, Finder finder, TradingHours hours, TickListener out) {
    QuoteAnswer answer = new QuoteAnswer(hours, received, out);
    for (Map.Entry<String, JsonNode> segment : data.properties()) {
      Segment known = Segment.of(segment.getKey());
      if (known != null) {
        answer.segment(known, segment.getValue(), finder);
      }
    }
    if (answer.told > 0) {
      out.onFrameEnd();
    }
    return answer.told;
  }

  private void segment(Segment segment, JsonNode byId, Finder finder) {
    for (Map.Entry<String, JsonNode> entry : byId.properties()) {
      Instrument instrument =
          entry.getKey().matches("\\d{1,10}")
              ? finder.find(segment, Long.parseLong(entry.getKey()))
              : null;
      if (instrument != null) {
        quote(instrument, entry.getValue());
      }
    }
  }

  private void quote(Instrument instrument, JsonNode quote) {
    price(instrument, quote);
    figures(instrument, quote);
    interest(instrument, quote);
    book(instrument, quote.path("depth"));
  }

  private void tell(Tick tick) {
    told++;
    out.onTick(tick);
  }

  private void price(Instrument instrument, JsonNode quote) {
    BigDecimal price = Values.price(quote, "last_price");
    if (price != null) {
      long traded = VendorTimes.dayFirst(quote.path("last_trade_time").asString(""));
      boolean usable = traded > 0 && traded <= untimed.received();
      Times times = usable ? new Times(traded, untimed.received()) : untimed;
      boolean preOpen = usable && hours.isPreOpen(instrument, traded);
      tell(new Tick.LastPrice(instrument, times, price, preOpen));
    }
  }

  private void figures(Instrument instrument, JsonNode quote) {
    JsonNode ohlc = quote.path("ohlc");
    BigDecimal open = Values.price(ohlc, "open");
    BigDecimal high = Values.price(ohlc, "high");
    BigDecimal low = Values.price(ohlc, "low");
    BigDecimal volume = Values.quantity(quote, "volume");
    BigDecimal average = Values.price(quote, "average_price");
    BigDecimal close =
        hours.isBeforeClose(instrument, untimed.received()) ? Values.price(ohlc, "close") : null;
    if (open != null || high != null || low != null || volume != null || close != null) {
      tell(new Tick.DayStats(instrument, untimed, open, high, low, volume, average, close));
    }
  }

  private void interest(Instrument instrument, JsonNode quote) {
    BigDecimal value = Values.quantity(quote, "oi");
    if (value != null) {
      tell(
          new Tick.OpenInterest(
              instrument,
              untimed,
              value,
              Values.quantity(quote, "oi_day_high"),
              Values.quantity(quote, "oi_day_low"),
              null));
    }
  }

  private void book(Instrument instrument, JsonNode depth) {
    List<Level> bids = levels(depth.path("buy"));
    List<Level> asks = levels(depth.path("sell"));
    if (!bids.isEmpty() || !asks.isEmpty()) {
      tell(new Tick.Quote(instrument, untimed, 0, best(bids), best(asks)));
      tell(new Tick.Depth(instrument, untimed, true, 0, 0, bids, asks, null));
    }
  }

  private static @Nullable BestPrice best(List<Level> levels) {
    return levels.isEmpty() ? null : BestPrice.of(levels.getFirst());
  }

  /** The levels of a side without its rows of zeros. */
  private static List<Level> levels(JsonNode rows) {
    List<Level> levels = new ArrayList<>();
    for (JsonNode row : rows) {
      BigDecimal price = Values.price(row, "price");
      BigDecimal quantity = Values.quantity(row, "quantity");
      if (price != null && quantity != null && levels.size() < MAX_LEVELS) {
        levels.add(new Level(price, quantity));
      }
    }
    return levels;
  }
}
