package dev.tapeline.server.vendor;

import dev.tapeline.feed.dhan.order.OrderUpdate;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what Dhan tells of an account's orders as events of the account's user: {@code
 * order.updated} and {@code orders.listening}, which {@code docs/vendors/dhan.md} describes. Times
 * are epoch ms UTC, prices and quantities JSON numbers, and what is not known is left out.
 */
final class OrderEvents {

  private static final JsonMapper JSON = new JsonMapper();

  /** The segments by Dhan's words for exchange and segment. */
  private static final Map<String, String> SEGMENTS =
      Map.of(
          "NSE E", "NSE_EQ",
          "NSE D", "NSE_FNO",
          "NSE C", "NSE_CURRENCY",
          "BSE E", "BSE_EQ",
          "BSE D", "BSE_FNO",
          "BSE C", "BSE_CURRENCY",
          "MCX M", "MCX_COMM");

  private final String source;
  private final Instruments instruments;

  OrderEvents(String source, Instruments instruments) {
    this.source = source;
    this.instruments = instruments;
  }

  /**
   * The change of an order. The same state of an order always has the same id.
   *
   * @param filled how much of it was traded since its update before
   */
  String updated(OrderUpdate update, long filled) {
    ObjectNode event = event("order.updated");
    event.put(
        "id",
        "%s_%s_%d_%d"
            .formatted(
                update.orderNo(), update.status(), update.tradedQuantity(), update.updated()));
    if (update.updated() > 0) {
      event.put("t", update.updated());
    }
    event.set("order", order(update));
    event.put("filled", filled);
    put(event, "fillPrice", filled > 0 ? update.tradedPrice() : null);
    return event.toString();
  }

  private ObjectNode event(String type) {
    return JSON.createObjectNode().put("type", type).put("source", source);
  }

  private ObjectNode order(OrderUpdate update) {
    ObjectNode order = JSON.createObjectNode();
    put(order, "id", update.orderNo());
    put(order, "exchangeId", update.exchangeOrderNo());
    put(order, "correlationId", update.correlationId());
    putInstrument(order, update);
    put(order, "side", side(update.side()));
    put(order, "product", update.product());
    put(order, "type", update.orderType());
    put(order, "status", update.status());
    order.put("quantity", update.quantity());
    order.put("traded", update.tradedQuantity());
    put(order, "price", update.price());
    put(order, "triggerPrice", update.triggerPrice());
    put(order, "averagePrice", update.averagePrice());
    put(order, "reason", update.reason());
    return order;
  }

  /** The names that Tapeline has for the instrument, or Dhan's where it is not known. */
  private void putInstrument(ObjectNode order, OrderUpdate update) {
    String segment = SEGMENTS.get(update.exchange() + " " + update.segment());
    String key = segment == null ? "" : segment + ":" + update.securityId();
    put(order, "symbol", instruments.byKey(key).map(Instrument::symbol).orElse(update.symbol()));
    put(order, "key", key);
  }

  private static String side(String letter) {
    return switch (letter) {
      case "B" -> "buy";
      case "S" -> "sell";
      default -> letter;
    };
  }

  private static void put(ObjectNode node, String name, String text) {
    if (!text.isEmpty()) {
      node.put(name, text);
    }
  }

  private static void put(ObjectNode node, String name, @Nullable BigDecimal number) {
    if (number != null) {
      node.put(name, number);
    }
  }

  /**
   * Updates come from now on, and those since a time may be missing.
   *
   * @param since 0 if it is not known
   */
  String listening(long since, long now) {
    ObjectNode event = event("orders.listening").put("t", now);
    if (since > 0) {
      event.put("since", since);
    }
    return event.toString();
  }
}
