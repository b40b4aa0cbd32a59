package dev.tapeline.feed.dhan.order;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the vendor's messages of orders, whose keys come in more than one spelling. */
final class OrderUpdateReader {

  private static final JsonMapper JSON = new JsonMapper();
  private static final ZoneOffset INDIA = ZoneOffset.ofHoursMinutes(5, 30);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int MAX_DIGITS = 18;

  private final Map<String, JsonNode> fields = new HashMap<>();

  private OrderUpdateReader(JsonNode data) {
    data.properties().forEach(e -> fields.putIfAbsent(lower(e.getKey()), e.getValue()));
  }

  /**
   * The update in a message; null if it is one of another type.
   *
   * @throws IllegalArgumentException if the message can't be read
   */
  static @Nullable OrderUpdate read(byte[] message) {
    JsonNode json;
    try {
      json = JSON.readTree(message);
    } catch (JacksonException _) {
      throw new IllegalArgumentException("a message of orders is no JSON");
    }
    OrderUpdateReader top = new OrderUpdateReader(json);
    JsonNode data = top.fields.get("data");
    if (!lower(top.text("type")).equals("order_alert") || data == null) {
      return null;
    }
    return new OrderUpdateReader(data).update();
  }

  private OrderUpdate update() {
    String orderNo = text("orderno");
    if (orderNo.isEmpty()) {
      throw new IllegalArgumentException("an order without a number");
    }
    return new OrderUpdate(
        orderNo,
        text("exchorderno"),
        text("exchange"),
        text("segment"),
        text("securityid"),
        text("symbol"),
        text("txntype"),
        text("product"),
        text("ordertype"),
        text("status").toUpperCase(Locale.ROOT),
        text("source"),
        text("reasondescription"),
        text("correlationid"),
        quantity("quantity"),
        quantity("tradedqty"),
        price("price"),
        price("triggerprice"),
        price("tradedprice"),
        price("avgtradedprice"),
        time(text("lastupdatedtime")));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private String text(String name) {
    JsonNode value = fields.get(name);
    return value == null || !value.isValueNode() ? "" : value.asString("").strip();
  }

  private @Nullable BigDecimal number(String name) {
    String text = text(name);
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return Math.abs(value.scale()) > MAX_DIGITS ? null : value;
    } catch (NumberFormatException _) {
      return null; // unknown
    }
  }

  private long quantity(String name) {
    BigDecimal value = number(name);
    return value == null || value.signum() < 0 ? 0 : value.longValue();
  }

  private @Nullable BigDecimal price(String name) {
    BigDecimal value = number(name);
    return value == null || value.signum() <= 0 ? null : value;
  }

  private static long time(String text) {
    try {
      return Math.max(0, LocalDateTime.parse(text, TIME).toInstant(INDIA).toEpochMilli());
    } catch (DateTimeParseException _) {
      return 0;
    }
  }
}
