package dev.tapeline.simulate.deribit;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the channels have to tell: every 100 ms what has changed, and the indices each second. Owned
 * by the server's loop.
 */
final class DeribitPublisher {

  private static final int MOST_TRADES = 10_000;
  private static final long FIRST_CHANGE = 1_000_000;

  private final DeribitMarket market;
  private final TradeTape tape;
  private final Map<String, DeribitBook> books = new LinkedHashMap<>();
  private final Map<String, ObjectNode> bookChanges = new LinkedHashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final List<ObjectNode> trades = new ArrayList<>();
  private boolean second;
  private long now;

  DeribitPublisher(DeribitMarket market, TradeTape tape) {
    this.market = market;
    this.tape = tape;
  }

  void onTick(Tick tick) {
    Instrument instrument = tick.instrument();
    if (instrument.segment().equals(DeribitMarket.SEGMENT)) {
      changed.add(instrument.symbol());
      if (tick instanceof Tick.Trade trade) {
        ObjectNode event = event(instrument, trade);
        tape.add(instrument.symbol(), event);
        if (trades.size() < MOST_TRADES) {
          trades.add(event);
        }
      }
    }
  }

  private ObjectNode event(Instrument instrument, Tick.Trade trade) {
    return DeribitEvents.trade(
        instrument,
        trade,
        market.quote(instrument.symbol()),
        market.index(DeribitMarket.currency(instrument)));
  }

  /** Prepares what is told next. */
  void prepare(long time, boolean indicesToo) {
    now = time;
    second = indicesToo;
    bookChanges.clear();
    for (String name : changed) {
      QuoteState quote = market.quote(name);
      if (quote != null) {
        ObjectNode change = book(name).update(quote, now);
        if (!change.isEmpty()) {
          bookChanges.put(name, change);
        }
      }
    }
  }

  private DeribitBook book(String name) {
    return books.computeIfAbsent(name, one -> new DeribitBook(one, FIRST_CHANGE));
  }

  /** Forgets what was told. */
  void finish() {
    changed.clear();
    trades.clear();
    bookChanges.clear();
  }

  /** The first message of a channel; null if it has none. */
  @Nullable JsonNode first(DeribitChannel channel, long time) {
    return switch (channel) {
      case DeribitChannel.Ticker ticker -> ticker(ticker.instrument(), time);
      case DeribitChannel.Changes changes -> book(changes.instrument().symbol()).snapshot(time);
      case DeribitChannel.Top top -> top(top, time);
      case DeribitChannel.Best best -> best(best.instrument(), time);
      case DeribitChannel.PriceIndex index -> priceIndex(index.currency(), time);
      case DeribitChannel.VolatilityIndex index -> volatilityIndex(index.currency(), time);
      case DeribitChannel.MarkPrices marks -> marks(marks.currency(), time);
      case DeribitChannel.Trades _, DeribitChannel.States _ -> null;
    };
  }

  /** The next message of a channel; null if nothing has changed. */
  @Nullable JsonNode next(DeribitChannel channel) {
    return switch (channel) {
      case DeribitChannel.Ticker ticker ->
          hasChanged(ticker.instrument()) ? ticker(ticker.instrument(), now) : null;
      case DeribitChannel.Changes changes -> bookChanges.get(changes.instrument().symbol());
      case DeribitChannel.Top top ->
          bookChanges.containsKey(top.instrument().symbol()) ? top(top, now) : null;
      case DeribitChannel.Best best ->
          bookChanges.containsKey(best.instrument().symbol()) ? best(best.instrument(), now) : null;
      case DeribitChannel.Trades told -> trades(told);
      case DeribitChannel.PriceIndex index -> second ? priceIndex(index.currency(), now) : null;
      case DeribitChannel.VolatilityIndex index ->
          second ? volatilityIndex(index.currency(), now) : null;
      case DeribitChannel.MarkPrices marks -> second ? marks(marks.currency(), now) : null;
      case DeribitChannel.States _ -> null;
    };
  }

  private boolean hasChanged(Instrument instrument) {
    return changed.contains(instrument.symbol());
  }

  private @Nullable JsonNode ticker(Instrument instrument, long time) {
    QuoteState quote = market.quote(instrument.symbol());
    BigDecimal index = market.index(DeribitMarket.currency(instrument));
    return quote == null ? null : DeribitEvents.ticker(instrument, quote, index, time);
  }

  private @Nullable JsonNode top(DeribitChannel.Top top, long time) {
    QuoteState quote = market.quote(top.instrument().symbol());
    if (quote == null) {
      return null;
    }
    ObjectNode out =
        Json.object()
            .put("timestamp", time)
            .put("instrument_name", top.instrument().symbol())
            .put("change_id", quote.version());
    levels(quote.bids(top.levels()), out.putArray("bids"));
    levels(quote.asks(top.levels()), out.putArray("asks"));
    return out;
  }

  private static void levels(List<Level> levels, ArrayNode out) {
    levels.forEach(
        level -> out.addArray().add(Json.number(level.price())).add(Json.number(level.quantity())));
  }

  private @Nullable JsonNode best(Instrument instrument, long time) {
    QuoteState quote = market.quote(instrument.symbol());
    if (quote == null) {
      return null;
    }
    Level bid = quote.bid();
    Level ask = quote.ask();
    return Json.object()
        .put("timestamp", time)
        .put("instrument_name", instrument.symbol())
        .put("best_bid_price", DeribitEvents.orZero(bid == null ? null : bid.price()))
        .put("best_bid_amount", DeribitEvents.orZero(bid == null ? null : bid.quantity()))
        .put("best_ask_price", DeribitEvents.orZero(ask == null ? null : ask.price()))
        .put("best_ask_amount", DeribitEvents.orZero(ask == null ? null : ask.quantity()));
  }

  private @Nullable JsonNode trades(DeribitChannel.Trades channel) {
    ArrayNode told = Json.array();
    for (ObjectNode trade : trades) {
      if (channel.isOf(market.instrument(trade.path("instrument_name").asString("")))) {
        told.add(trade);
      }
    }
    return told.isEmpty() ? null : told;
  }

  private @Nullable JsonNode priceIndex(String currency, long time) {
    BigDecimal price = market.index(currency);
    return price == null
        ? null
        : Json.object()
            .put("index_name", DeribitMarket.indexName(currency))
            .put("price", Json.number(price))
            .put("timestamp", time);
  }

  /** The mean of the options' volatilities near the money, which is near enough. */
  private @Nullable JsonNode volatilityIndex(String currency, long time) {
    BigDecimal price = market.index(currency);
    if (price == null) {
      return null;
    }
    double mean =
        market.options(currency).stream()
            .filter(option -> isNear(option, price))
            .map(option -> market.quote(option.symbol()))
            .mapToDouble(quote -> volatility(quote))
            .filter(volatility -> volatility > 0)
            .average()
            .orElse(0);
    return Json.object()
        .put("index_name", DeribitMarket.indexName(currency))
        .put("volatility", BigDecimal.valueOf(mean).setScale(2, RoundingMode.HALF_UP))
        .put("timestamp", time);
  }

  private static boolean isNear(Instrument.Option option, BigDecimal price) {
    double ratio = option.strike().doubleValue() / price.doubleValue();
    return ratio > 0.95 && ratio < 1.05;
  }

  private static double volatility(@Nullable QuoteState quote) {
    Tick.Marks marks = quote == null ? null : quote.marks();
    return marks == null || marks.iv() == null ? 0 : marks.iv().doubleValue();
  }

  private JsonNode marks(String currency, long time) {
    ArrayNode out = Json.array();
    for (Instrument.Option option : market.options(currency)) {
      QuoteState quote = market.quote(option.symbol());
      Tick.Marks marks = quote == null ? null : quote.marks();
      if (marks != null) {
        DeribitEvents.mark(option, marks, time, out);
      }
    }
    return out;
  }
}
