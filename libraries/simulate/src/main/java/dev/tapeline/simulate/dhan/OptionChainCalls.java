package dev.tapeline.simulate.dhan;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.HttpReply;
import dev.tapeline.simulate.net.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code /optionchain} and {@code /optionchain/expirylist}. */
final class OptionChainCalls {

  private static final int INVALID_EXPIRY = 811;
  private static final int INVALID_SECURITY = 813;

  private final DhanFloor floor;

  OptionChainCalls(DhanFloor floor) {
    this.floor = floor;
  }

  private static HttpReply invalid() {
    return DhanErrors.data(400, INVALID_SECURITY, "Invalid SecurityId");
  }

  /** The figures of the underlying that a request names; null if there is none. */
  private @Nullable QuoteState underlying(@Nullable JsonNode body) {
    if (body == null || !body.path("UnderlyingScrip").isInt()) {
      return null;
    }
    String segment = body.path("UnderlyingSeg").asString("");
    String own = segment.equals("NSE_FNO") ? "NSE_EQ" : segment;
    return floor.quotes().quote(own + ":" + body.path("UnderlyingScrip").asInt());
  }

  private List<Instrument.Option> options(QuoteState underlying) {
    String symbol = underlying.instrument().symbol();
    return floor.quotes().instruments().stream()
        .filter(Instrument.Option.class::isInstance)
        .map(Instrument.Option.class::cast)
        .filter(option -> option.underlying().equals(symbol))
        .toList();
  }

  HttpReply expiries(@Nullable JsonNode body) {
    QuoteState underlying = underlying(body);
    List<LocalDate> dates =
        underlying == null
            ? List.of()
            : options(underlying).stream()
                .map(Instrument.Option::expiry)
                .distinct()
                .sorted()
                .toList();
    if (dates.isEmpty()) {
      return invalid();
    }
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    dates.forEach(date -> data.add(date.toString()));
    answer.put("status", "success");
    return HttpReply.json(200, answer);
  }

  HttpReply chain(@Nullable JsonNode body) {
    QuoteState underlying = underlying(body);
    if (underlying == null || body == null) {
      return invalid();
    }
    String expiry = body.path("Expiry").asString("");
    Map<BigDecimal, ObjectNode> strikes = new TreeMap<>();
    for (Instrument.Option option : options(underlying)) {
      QuoteState quote = floor.quotes().quote(option.key());
      if (quote != null && option.expiry().toString().equals(expiry)) {
        String right = option.right() == Instrument.Right.CALL ? "ce" : "pe";
        fill(quote, strikes.computeIfAbsent(option.strike(), _ -> Json.object()).putObject(right));
      }
    }
    return strikes.isEmpty()
        ? DhanErrors.data(400, INVALID_EXPIRY, "Invalid Expiry Date")
        : HttpReply.json(200, answer(underlying, strikes));
  }

  private ObjectNode answer(QuoteState underlying, Map<BigDecimal, ObjectNode> strikes) {
    ObjectNode answer = Json.object();
    ObjectNode data = answer.putObject("data");
    data.put(
        "last_price",
        floor.options().offHours() ? BigDecimal.ZERO : Json.number(underlying.last()));
    ObjectNode chain = data.putObject("oc");
    strikes.forEach((strike, legs) -> chain.set(strike.setScale(6).toPlainString(), legs));
    answer.put("status", "success");
    return answer;
  }

  private static void fill(QuoteState quote, ObjectNode out) {
    out.put("average_price", Json.number(quote.day().average()));
    greeks(quote.marks(), out);
    out.put("last_price", Json.number(quote.last()));
    out.put("oi", DhanQuotes.interest(quote).value());
    out.put("previous_close_price", Json.number(quote.day().prevClose()));
    out.put("previous_oi", DhanQuotes.previousInterest(quote));
    out.put("previous_volume", 0);
    out.put("security_id", Integer.parseInt(quote.instrument().securityId()));
    best(quote.ask(), "top_ask", out);
    best(quote.bid(), "top_bid", out);
    out.put("volume", quote.day().volume().longValue());
  }

  private static void best(@Nullable Level level, String name, ObjectNode out) {
    out.put(name + "_price", level == null ? BigDecimal.ZERO : Json.number(level.price()));
    out.put(name + "_quantity", level == null ? 0 : level.quantity().longValue());
  }

  private static void greeks(Tick.@Nullable Marks marks, ObjectNode out) {
    ObjectNode greeks = out.putObject("greeks");
    greeks.put("delta", Json.number(marks == null ? null : marks.delta()));
    greeks.put("theta", Json.number(marks == null ? null : marks.theta()));
    greeks.put("gamma", Json.number(marks == null ? null : marks.gamma()));
    greeks.put("vega", Json.number(marks == null ? null : marks.vega()));
    out.put("implied_volatility", Json.number(marks == null ? null : marks.iv()));
  }
}
