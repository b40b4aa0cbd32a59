package dev.tapeline.simulate.binance;

import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.market.MinuteBar;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the events of Binance's streams. Its decimals have eight places. */
final class BinanceEvents {

  private static final long DAY = 86_400_000;

  private BinanceEvents() {}

  static String decimal(@Nullable BigDecimal value) {
    BigDecimal known = value == null ? BigDecimal.ZERO : value;
    return known.setScale(8, RoundingMode.HALF_UP).toPlainString();
  }

  private static ObjectNode event(String type, String symbol, long now) {
    return Json.object().put("e", type).put("E", now).put("s", symbol);
  }

  /** Whether the buyer had the order that was taken. */
  static boolean isBuyerMaker(Tick.Trade trade) {
    return trade.aggressor() == Side.SELL;
  }

  static ObjectNode trade(String symbol, Tick.Trade trade, long now) {
    return event("trade", symbol, now)
        .put("t", trade.id())
        .put("p", decimal(trade.price()))
        .put("q", decimal(trade.quantity()))
        .put("T", trade.times().exchange())
        .put("m", isBuyerMaker(trade))
        .put("M", true);
  }

  /** Each trade is an aggregate of its own, of the same number. */
  static ObjectNode aggTrade(String symbol, Tick.Trade trade, long now) {
    return event("aggTrade", symbol, now)
        .put("a", trade.id())
        .put("p", decimal(trade.price()))
        .put("q", decimal(trade.quantity()))
        .put("f", trade.id())
        .put("l", trade.id())
        .put("T", trade.times().exchange())
        .put("m", isBuyerMaker(trade))
        .put("M", true);
  }

  static ObjectNode depth(String symbol, BinanceBook.Changes changes, long now) {
    ObjectNode event =
        event("depthUpdate", symbol, now).put("U", changes.firstId()).put("u", changes.lastId());
    levels(changes.bids(), event.putArray("b"));
    levels(changes.asks(), event.putArray("a"));
    return event;
  }

  static ObjectNode book(QuoteState quote, int limit) {
    ObjectNode book = Json.object().put("lastUpdateId", quote.bookId());
    levels(quote.bids(limit), book.putArray("bids"));
    levels(quote.asks(limit), book.putArray("asks"));
    return book;
  }

  private static void levels(List<Level> levels, ArrayNode out) {
    levels.forEach(
        level -> out.addArray().add(decimal(level.price())).add(decimal(level.quantity())));
  }

  static ObjectNode bookTicker(String symbol, QuoteState quote) {
    ObjectNode event = Json.object().put("u", quote.bookId()).put("s", symbol);
    best(event, quote.bid(), "b", "B");
    best(event, quote.ask(), "a", "A");
    return event;
  }

  private static void best(ObjectNode out, @Nullable Level level, String price, String quantity) {
    out.put(price, decimal(level == null ? null : level.price()));
    out.put(quantity, decimal(level == null ? null : level.quantity()));
  }

  static ObjectNode miniTicker(String symbol, QuoteState quote, long now) {
    return event("24hrMiniTicker", symbol, now)
        .put("c", decimal(quote.last()))
        .put("o", decimal(quote.day().open()))
        .put("h", decimal(quote.day().high()))
        .put("l", decimal(quote.day().low()))
        .put("v", decimal(quote.day().volume()))
        .put("q", decimal(quote.day().turnover()));
  }

  static BigDecimal change(QuoteState quote) {
    BigDecimal open = quote.day().open();
    BigDecimal last = quote.last();
    return open == null || last == null ? BigDecimal.ZERO : last.subtract(open);
  }

  static String changePercent(QuoteState quote) {
    BigDecimal open = quote.day().open();
    return open == null || open.signum() == 0
        ? "0.000"
        : change(quote).movePointRight(2).divide(open, 3, RoundingMode.HALF_UP).toPlainString();
  }

  static long firstTrade(QuoteState quote) {
    List<Tick.Trade> trades = quote.trades();
    return trades.isEmpty() ? -1 : lastTrade(quote) - quote.day().trades() + 1;
  }

  static long lastTrade(QuoteState quote) {
    List<Tick.Trade> trades = quote.trades();
    return trades.isEmpty() ? -1 : trades.getLast().id();
  }

  static ObjectNode ticker(String symbol, QuoteState quote, long now) {
    ObjectNode event =
        event("24hrTicker", symbol, now)
            .put("p", decimal(change(quote)))
            .put("P", changePercent(quote))
            .put("w", decimal(quote.day().average()))
            .put("x", decimal(quote.day().prevClose()))
            .put("c", decimal(quote.last()))
            .put("Q", decimal(quote.lastQuantity()));
    best(event, quote.bid(), "b", "B");
    best(event, quote.ask(), "a", "A");
    return event
        .put("o", decimal(quote.day().open()))
        .put("h", decimal(quote.day().high()))
        .put("l", decimal(quote.day().low()))
        .put("v", decimal(quote.day().volume()))
        .put("q", decimal(quote.day().turnover()))
        .put("O", now - DAY)
        .put("C", now)
        .put("F", firstTrade(quote))
        .put("L", lastTrade(quote))
        .put("n", quote.day().trades());
  }

  /** The event of the newest minute; null before the first. */
  static @Nullable ObjectNode kline(String symbol, QuoteState quote, long now) {
    List<MinuteBar> bars = quote.bars();
    if (bars.isEmpty()) {
      return null;
    }
    MinuteBar bar = bars.getLast();
    ObjectNode event = event("kline", symbol, now);
    event
        .putObject("k")
        .put("t", bar.start())
        .put("T", bar.start() + MinuteBar.MILLIS - 1)
        .put("s", symbol)
        .put("i", "1m")
        .put("f", bar.firstTrade())
        .put("L", bar.firstTrade() + bar.trades() - 1)
        .put("o", decimal(bar.open()))
        .put("c", decimal(bar.close()))
        .put("h", decimal(bar.high()))
        .put("l", decimal(bar.low()))
        .put("v", decimal(bar.volume()))
        .put("n", bar.trades())
        .put("x", now >= bar.start() + MinuteBar.MILLIS)
        .put("q", decimal(bar.turnover()))
        .put("V", decimal(bar.volume().divide(BigDecimal.TWO, 8, RoundingMode.HALF_UP)))
        .put("Q", decimal(bar.turnover().divide(BigDecimal.TWO, 8, RoundingMode.HALF_UP)))
        .put("B", "0");
    return event;
  }
}
