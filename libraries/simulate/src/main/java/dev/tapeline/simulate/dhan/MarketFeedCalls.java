package dev.tapeline.simulate.dhan;

import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.HttpReply;
import dev.tapeline.simulate.net.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code /marketfeed/…}: last prices, the day's range, or everything, of many ids. */
final class MarketFeedCalls {

  static final int MOST_IDS = 1000;
  private static final int INVALID_REQUEST = 814;
  private static final int INVALID_SECURITY = 813;
  private static final String NEVER = "01/01/1980 00:00:00";
  private static final BigDecimal BAND = new BigDecimal("0.1");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss").withZone(ZoneId.of("Asia/Kolkata"));

  private final DhanFloor floor;

  MarketFeedCalls(DhanFloor floor) {
    this.floor = floor;
  }

  /**
   * Answers a request.
   *
   * @param detail {@code ltp}, {@code ohlc} or {@code quote}
   */
  HttpReply answer(String detail, @Nullable JsonNode body) {
    if (body == null || !body.isObject()) {
      return DhanErrors.data(400, INVALID_REQUEST, "Invalid Request");
    }
    ObjectNode answer = Json.object();
    ObjectNode data = answer.putObject("data");
    int ids = 0;
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      if (DhanSegment.of(entry.getKey()) == null) {
        continue; // an unknown key is ignored
      }
      ids += entry.getValue().size();
      if (!areIds(entry.getValue())) {
        return DhanErrors.data(400, INVALID_SECURITY, "Invalid SecurityId");
      }
      segment(detail, entry.getKey(), entry.getValue(), data.putObject(entry.getKey()));
    }
    answer.put("status", "success");
    return ids > MOST_IDS
        ? DhanErrors.data(400, INVALID_REQUEST, "Invalid Request")
        : HttpReply.json(200, answer);
  }

  private static boolean areIds(JsonNode ids) {
    for (JsonNode id : ids) {
      if (!id.isInt()) {
        return false;
      }
    }
    return ids.isArray();
  }

  private void segment(String detail, String segment, JsonNode ids, ObjectNode out) {
    if (floor.options().offHours() && !detail.equals("quote")) {
      return; // as recorded at night: an empty map
    }
    for (JsonNode id : ids) {
      QuoteState quote = floor.quotes().quote(segment + ":" + id.asInt());
      if (quote != null) {
        fill(detail, quote, out.putObject(Integer.toString(id.asInt())));
      }
    }
  }

  private void fill(String detail, QuoteState quote, ObjectNode out) {
    boolean night = floor.options().offHours();
    out.put("last_price", night ? BigDecimal.ZERO : Json.number(quote.last()));
    if (!detail.equals("ltp")) {
      ObjectNode range = out.putObject("ohlc");
      range.put("open", Json.number(quote.day().open()));
      range.put("close", Json.number(quote.day().prevClose()));
      range.put("high", Json.number(quote.day().high()));
      range.put("low", Json.number(quote.day().low()));
    }
    if (detail.equals("quote")) {
      day(quote, out);
      depth(quote, out.putObject("depth"));
    }
  }

  private static void day(QuoteState quote, ObjectNode out) {
    DhanFigures figures = DhanQuotes.figures(quote);
    DhanInterest interest = DhanQuotes.interest(quote);
    BigDecimal close = DhanQuotes.orZero(quote.day().prevClose());
    BigDecimal last = DhanQuotes.orZero(quote.last());
    out.put("average_price", Json.number(figures.average()));
    out.put("buy_quantity", figures.buyQuantity());
    out.put("sell_quantity", figures.sellQuantity());
    out.put("last_quantity", figures.lastQuantity());
    out.put(
        "last_trade_time",
        quote.lastTime() == 0 ? NEVER : TIME.format(Instant.ofEpochMilli(quote.lastTime())));
    out.put("lower_circuit_limit", Json.number(close.subtract(close.multiply(BAND))));
    out.put("upper_circuit_limit", Json.number(close.add(close.multiply(BAND))));
    out.put(
        "net_change", close.signum() == 0 ? BigDecimal.ZERO : Json.number(last.subtract(close)));
    out.put("oi", interest.value());
    out.put("oi_day_high", interest.high());
    out.put("oi_day_low", interest.low());
    out.put("volume", figures.volume());
  }

  private static void depth(QuoteState quote, ObjectNode out) {
    side(DhanQuotes.bids(quote, DhanPackets.LEVELS), out.putArray("buy"));
    side(DhanQuotes.asks(quote, DhanPackets.LEVELS), out.putArray("sell"));
  }

  private static void side(List<DepthRow> rows, ArrayNode out) {
    for (int i = 0; i < DhanPackets.LEVELS; i++) {
      DepthRow row = i < rows.size() ? rows.get(i) : DepthRow.NONE;
      out.addObject()
          .put("quantity", row.quantity())
          .put("orders", row.orders())
          .put("price", Json.number(row.price()));
    }
  }
}
