package dev.tapeline.simulate.deribit;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.Json;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The public methods that a socket and REST have in common. Owned by the server's loop. */
final class DeribitMethods {

  private static final String VERSION = "1.2.26";

  private static final int USUAL_TRADES = 10;
  private static final int MOST_TRADES = 1000;

  private final DeribitMarket market;
  private final TradeTape tape;
  private final InstantSource clock;

  DeribitMethods(DeribitMarket market, TradeTape tape, InstantSource clock) {
    this.market = market;
    this.tape = tape;
    this.clock = clock;
  }

  /** The answer to a call. */
  sealed interface Outcome {

    record Result(JsonNode value) implements Outcome {}

    record Failure(int code, String message, String reason) implements Outcome {}
  }

  Outcome call(String method, JsonNode params) {
    return switch (method) {
      case "public/test", "public/hello" ->
          new Outcome.Result(Json.object().put("version", VERSION));
      case "public/get_time" -> new Outcome.Result(Json.object().numberNode(clock.millis()));
      case "public/get_instruments" -> instruments(params);
      case "public/get_book_summary_by_currency" -> summaries(params);
      case "public/get_expirations" -> expirations(params);
      case "public/ticker" -> ticker(params);
      case "public/get_last_trades_by_instrument" -> trades(params);
      case "public/get_index_price" -> index(params);
      default -> new Outcome.Failure(-32_601, "Method not found", "");
    };
  }

  static Outcome.Failure invalid(String parameter, String reason) {
    return new Outcome.Failure(-32_602, "Invalid params", parameter + ": " + reason);
  }

  private static String currency(JsonNode params) {
    return params.path("currency").asString("").toUpperCase(Locale.ROOT);
  }

  /** The kind that is asked for: any where none is named. */
  private static String kind(JsonNode params) {
    return params.path("kind").asString("any");
  }

  private List<Instrument> asked(JsonNode params) {
    List<String> currencies =
        currency(params).equals("ANY") ? DeribitMarket.CURRENCIES : List.of(currency(params));
    return currencies.stream()
        .flatMap(one -> market.instruments(one, kind(params)).stream())
        .toList();
  }

  private static boolean isUnknown(JsonNode params) {
    return !currency(params).equals("ANY") && !DeribitMarket.CURRENCIES.contains(currency(params));
  }

  private Outcome instruments(JsonNode params) {
    if (isUnknown(params)) {
      return invalid("currency", "wrong format");
    }
    ArrayNode out = Json.array();
    int number = 0;
    for (Instrument one : asked(params)) {
      out.add(DeribitInstrumentJson.of(one, number++, clock.millis()));
    }
    return new Outcome.Result(out);
  }

  private Outcome summaries(JsonNode params) {
    if (isUnknown(params)) {
      return invalid("currency", "wrong format");
    }
    ArrayNode out = Json.array();
    for (Instrument one : asked(params)) {
      QuoteState quote = market.quote(one.symbol());
      if (quote != null) {
        out.add(DeribitEvents.summary(one, quote, clock.millis()));
      }
    }
    return new Outcome.Result(out);
  }

  private Outcome expirations(JsonNode params) {
    if (isUnknown(params)) {
      return invalid("currency", "wrong format");
    }
    ObjectNode out = Json.object();
    for (String currency : DeribitMarket.CURRENCIES) {
      if (currency(params).equals("ANY") || currency(params).equals(currency)) {
        ObjectNode kinds = out.putObject(currency.toLowerCase(Locale.ROOT));
        List.of("option", "future").stream()
            .filter(kind -> kind(params).equals("any") || kind(params).equals(kind))
            .forEach(kind -> addExpirations(currency, kind, kinds.putArray(kind)));
      }
    }
    return new Outcome.Result(out);
  }

  /** The second parts of all names: dates, and PERPETUAL. */
  private void addExpirations(String currency, String kind, ArrayNode out) {
    market.instruments(currency, kind).stream()
        .map(one -> one.symbol().split("-", -1)[1])
        .distinct()
        .forEach(out::add);
  }

  private Outcome ticker(JsonNode params) {
    String name = params.path("instrument_name").asString("");
    Instrument instrument = market.instrument(name);
    QuoteState quote = market.quote(name);
    if (instrument == null || quote == null) {
      return new Outcome.Failure(13_020, "instrument_not_found", "");
    }
    BigDecimal index = market.index(DeribitMarket.currency(instrument));
    return new Outcome.Result(DeribitEvents.ticker(instrument, quote, index, clock.millis()));
  }

  private Outcome trades(JsonNode params) {
    String name = params.path("instrument_name").asString("");
    int count = params.path("count").asInt(USUAL_TRADES);
    if (market.instrument(name) == null) {
      return new Outcome.Failure(13_020, "instrument_not_found", "");
    }
    if (count < 1 || count > MOST_TRADES) {
      return invalid("count", "must be between 1 and " + MOST_TRADES);
    }
    return new Outcome.Result(
        tape.find(
            name,
            params.path("start_seq").asLong(0),
            params.path("end_seq").asLong(Long.MAX_VALUE),
            count,
            params.path("sorting").asString("").equals("asc")));
  }

  private Outcome index(JsonNode params) {
    String name = params.path("index_name").asString("").toUpperCase(Locale.ROOT);
    BigDecimal price =
        name.endsWith("_USD") ? market.index(name.substring(0, name.length() - 4)) : null;
    return price == null
        ? invalid("index_name", "invalid value")
        : new Outcome.Result(
            Json.object()
                .put("index_price", Json.number(price))
                .put("estimated_delivery_price", Json.number(price)));
  }
}
