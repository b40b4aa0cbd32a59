package dev.tapeline.simulate.binance;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.HttpCall;
import dev.tapeline.simulate.net.HttpReply;
import dev.tapeline.simulate.net.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Binance's market data REST. Owned by the server's loop. */
final class BinanceRest {

  private static final int USUAL_TRADES = 500;
  private static final int MOST_TRADES = 1000;

  private final BinanceMarkets markets;
  private final BinanceSite site;
  private final WeightLimit limit;

  BinanceRest(BinanceMarkets markets, BinanceSite site, WeightLimit limit) {
    this.markets = markets;
    this.site = site;
    this.limit = limit;
  }

  HttpReply answer(HttpCall call) {
    int status = limit.use(weight(call));
    if (status != 200) {
      return error(status, -1003, "Too much request weight used.")
          .with("retry-after", Long.toString(limit.waitSeconds()))
          .with("x-mbx-used-weight-1m", Integer.toString(limit.used()));
    }
    return route(call).with("x-mbx-used-weight-1m", Integer.toString(limit.used()));
  }

  private static int weight(HttpCall call) {
    return switch (call.path()) {
      case "/api/v3/depth" -> depthWeight(number(call, "limit", 100));
      case "/api/v3/exchangeInfo" -> 20;
      case "/api/v3/trades" -> 25;
      case "/api/v3/aggTrades" -> 4;
      case "/api/v3/klines" -> 2;
      case "/api/v3/ticker/24hr" -> call.parameter("symbol") == null ? 80 : 2;
      default -> 1;
    };
  }

  private static int depthWeight(int limit) {
    if (limit <= 100) {
      return 5;
    }
    if (limit <= 500) {
      return 25;
    }
    return limit <= 1000 ? 50 : 250;
  }

  private static int number(HttpCall call, String name, int usual) {
    String text = call.parameter(name);
    try {
      return text == null ? usual : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return usual; // a bad number is a question for the answer, not for its weight
    }
  }

  private HttpReply route(HttpCall call) {
    return switch (call.toString()) {
      case "GET /api/v3/ping" -> HttpReply.json(200, Json.object());
      case "GET /api/v3/time" -> HttpReply.json(200, Json.object().put("serverTime", site.now()));
      case "GET /api/v3/exchangeInfo" -> exchangeInfo(call);
      case "GET /api/v3/depth" -> of(call, this::depth);
      case "GET /api/v3/trades" -> of(call, this::trades);
      case "GET /api/v3/aggTrades" -> of(call, this::aggTrades);
      case "GET /api/v3/klines" -> klines(call);
      case "GET /api/v3/ticker/24hr" -> ticker(call);
      default -> error(404, -1, "Not found");
    };
  }

  private HttpReply of(HttpCall call, BiFunction<HttpCall, QuoteState, JsonNode> answer) {
    String symbol = call.parameter("symbol");
    if (symbol == null) {
      return error(
          400, -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.");
    }
    QuoteState quote = markets.quote(symbol);
    return quote == null
        ? error(400, -1121, "Invalid symbol.")
        : HttpReply.json(200, answer.apply(call, quote));
  }

  static HttpReply error(int status, int code, String message) {
    return HttpReply.json(status, Json.object().put("code", code).put("msg", message));
  }

  private JsonNode depth(HttpCall call, QuoteState quote) {
    return BinanceEvents.book(quote, Math.clamp(number(call, "limit", 100), 1, 5000));
  }

  private JsonNode trades(HttpCall call, QuoteState quote) {
    ArrayNode out = Json.array();
    for (Tick.Trade trade : newest(call, quote)) {
      BigDecimal quantity = orZero(trade.quantity());
      out.addObject()
          .put("id", trade.id())
          .put("price", BinanceEvents.decimal(trade.price()))
          .put("qty", BinanceEvents.decimal(quantity))
          .put("quoteQty", BinanceEvents.decimal(trade.price().multiply(quantity)))
          .put("time", trade.times().exchange())
          .put("isBuyerMaker", BinanceEvents.isBuyerMaker(trade))
          .put("isBestMatch", true);
    }
    return out;
  }

  private static BigDecimal orZero(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  private static List<Tick.Trade> newest(HttpCall call, QuoteState quote) {
    int limit = Math.clamp(number(call, "limit", USUAL_TRADES), 1, MOST_TRADES);
    List<Tick.Trade> all = quote.trades();
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }

  private JsonNode aggTrades(HttpCall call, QuoteState quote) {
    int from = number(call, "fromId", -1);
    int limit = Math.clamp(number(call, "limit", USUAL_TRADES), 1, MOST_TRADES);
    List<Tick.Trade> found =
        from < 0
            ? newest(call, quote)
            : quote.trades().stream().filter(one -> one.id() >= from).limit(limit).toList();
    ArrayNode out = Json.array();
    for (Tick.Trade trade : found) {
      out.addObject()
          .put("a", trade.id())
          .put("p", BinanceEvents.decimal(trade.price()))
          .put("q", BinanceEvents.decimal(trade.quantity()))
          .put("f", trade.id())
          .put("l", trade.id())
          .put("T", trade.times().exchange())
          .put("m", BinanceEvents.isBuyerMaker(trade))
          .put("M", true);
    }
    return out;
  }

  private HttpReply klines(HttpCall call) {
    return Klines.isInterval(call.parameter("interval"))
        ? of(call, Klines::answer)
        : error(400, -1120, "Invalid interval.");
  }

  private HttpReply ticker(HttpCall call) {
    if (call.parameter("symbol") != null) {
      return of(call, (_, quote) -> day(symbolOf(quote), quote));
    }
    ArrayNode all = Json.array();
    for (String symbol : markets.symbols()) {
      QuoteState quote = markets.quote(symbol);
      if (quote != null) {
        all.add(day(symbol, quote));
      }
    }
    return HttpReply.json(200, all);
  }

  private String symbolOf(QuoteState quote) {
    String symbol = markets.symbol(quote.instrument().key());
    return symbol == null ? quote.instrument().symbol() : symbol;
  }

  private ObjectNode day(String symbol, QuoteState quote) {
    ObjectNode event = BinanceEvents.ticker(symbol, quote, site.now());
    ObjectNode out = Json.object().put("symbol", symbol);
    String[][] names = {
      {"p", "priceChange"},
      {"P", "priceChangePercent"},
      {"w", "weightedAvgPrice"},
      {"x", "prevClosePrice"},
      {"c", "lastPrice"},
      {"Q", "lastQty"},
      {"b", "bidPrice"},
      {"B", "bidQty"},
      {"a", "askPrice"},
      {"A", "askQty"},
      {"o", "openPrice"},
      {"h", "highPrice"},
      {"l", "lowPrice"},
      {"v", "volume"},
      {"q", "quoteVolume"},
      {"O", "openTime"},
      {"C", "closeTime"},
      {"F", "firstId"},
      {"L", "lastId"},
      {"n", "count"}
    };
    for (String[] name : names) {
      out.set(name[1], event.get(name[0]));
    }
    return out;
  }

  private HttpReply exchangeInfo(HttpCall call) {
    String wanted = call.parameter("symbol");
    ObjectNode out = Json.object().put("timezone", "UTC").put("serverTime", site.now());
    out.putArray("rateLimits")
        .addObject()
        .put("rateLimitType", "REQUEST_WEIGHT")
        .put("interval", "MINUTE")
        .put("intervalNum", 1)
        .put("limit", limit.most());
    out.putArray("exchangeFilters");
    ArrayNode symbols = out.putArray("symbols");
    for (String symbol : markets.symbols()) {
      QuoteState quote = markets.quote(symbol);
      if (quote != null && (wanted == null || wanted.equals(symbol))) {
        symbol(symbol, quote, symbols.addObject());
      }
    }
    return symbols.isEmpty() ? error(400, -1121, "Invalid symbol.") : HttpReply.json(200, out);
  }

  private void symbol(String symbol, QuoteState quote, ObjectNode out) {
    String base = markets.base(symbol);
    out.put("symbol", symbol)
        .put("status", "TRADING")
        .put("baseAsset", base)
        .put("baseAssetPrecision", 8)
        .put("quoteAsset", symbol.substring(base.length()))
        .put("quotePrecision", 8)
        .put("quoteAssetPrecision", 8);
    out.putArray("orderTypes").add("LIMIT").add("MARKET");
    out.put("isSpotTradingAllowed", true).put("isMarginTradingAllowed", false);
    ArrayNode filters = out.putArray("filters");
    filters
        .addObject()
        .put("filterType", "PRICE_FILTER")
        .put("minPrice", BinanceEvents.decimal(quote.instrument().tickSize()))
        .put("maxPrice", "1000000.00000000")
        .put("tickSize", BinanceEvents.decimal(quote.instrument().tickSize()));
    filters
        .addObject()
        .put("filterType", "LOT_SIZE")
        .put("minQty", "0.00001000")
        .put("maxQty", "9000.00000000")
        .put("stepSize", "0.00001000");
    out.putArray("permissions").add("SPOT");
  }
}
