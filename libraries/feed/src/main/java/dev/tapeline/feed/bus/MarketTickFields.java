package dev.tapeline.feed.bus;

import dev.tapeline.market.tick.Decimals;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The fields of one market tick as read so far; null or 0 where absent. A mutable carrier, reused
 * for each tick and owned by one {@link MarketTickDecoder}.
 */
final class MarketTickFields {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * The lowest number that is read as milliseconds: below it are seconds, because as milliseconds
   * it would be before 1975.
   */
  private static final long LEAST_MILLIS = 160_000_000_000L;

  private static final BigDecimal LATEST = BigDecimal.valueOf(Times.MAX);

  @Nullable String key;
  @Nullable BigDecimal price;
  @Nullable BigDecimal quantity;
  @Nullable BigDecimal volume;
  @Nullable BigDecimal average;
  @Nullable BigDecimal bid;
  @Nullable BigDecimal ask;
  @Nullable BigDecimal open;
  @Nullable BigDecimal high;
  @Nullable BigDecimal low;
  @Nullable BigDecimal prevClose;
  @Nullable BigDecimal interest;
  long time;
  boolean simulated;

  /**
   * Reads a JSON object of plain values; unknown members are skipped.
   *
   * @throws tools.jackson.core.JacksonException if the text is not JSON
   * @throws IllegalArgumentException if a value is not what its name says
   */
  void read(byte[] buffer, int offset, int length) {
    clear();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), buffer, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        field(parser, name, parser.nextToken());
      }
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more after the JSON object");
      }
    }
  }

  private void clear() {
    key = null;
    price = null;
    quantity = null;
    volume = null;
    average = null;
    bid = null;
    ask = null;
    open = null;
    high = null;
    low = null;
    prevClose = null;
    interest = null;
    time = 0;
    simulated = false;
  }

  /** Whether a figure of the session is there. */
  boolean hasDay() {
    return open != null
        || high != null
        || low != null
        || volume != null
        || average != null
        || prevClose != null;
  }

  private void field(JsonParser parser, String name, JsonToken token) {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    switch (name) {
      case "key" -> key = text(parser, name, token);
      case "ltp", "last_price", "price" -> price = decimal(parser, name, token);
      case "ltq", "last_quantity", "quantity" -> quantity = notNegative(parser, name, token);
      case "volume" -> volume = notNegative(parser, name, token);
      case "averagePrice" -> average = decimal(parser, name, token);
      case "bid" -> bid = decimal(parser, name, token);
      case "ask" -> ask = decimal(parser, name, token);
      case "open" -> open = decimal(parser, name, token);
      case "high" -> high = decimal(parser, name, token);
      case "low" -> low = decimal(parser, name, token);
      case "oi" -> interest = notNegative(parser, name, token);
      case "prevClose" -> prevClose = decimal(parser, name, token);
      case "exchangeTime", "timestamp" -> time = time(parser, name, token);
      case "simulated" -> simulated = truth(name, token);
      default -> parser.skipChildren();
    }
  }

  private static String text(JsonParser parser, String name, JsonToken token) {
    if (token != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException(name + " is not a string");
    }
    return parser.getString();
  }

  private static boolean truth(String name, JsonToken token) {
    return switch (token) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new IllegalArgumentException(name + " is neither true nor false");
    };
  }

  private static BigDecimal decimal(JsonParser parser, String name, JsonToken token) {
    if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
      throw new IllegalArgumentException(name + " is not a number");
    }
    return Decimals.parse(parser.getString());
  }

  private static BigDecimal notNegative(JsonParser parser, String name, JsonToken token) {
    BigDecimal number = decimal(parser, name, token);
    if (number.signum() < 0) {
      throw new IllegalArgumentException("negative %s %s".formatted(name, number));
    }
    return number;
  }

  /** Epoch seconds or milliseconds, or ISO-8601 with an offset. */
  private static long time(JsonParser parser, String name, JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      String text = parser.getString();
      return checked(BigDecimal.valueOf(isoTime(name, text)), name, text);
    }
    BigDecimal number = decimal(parser, name, token);
    boolean seconds = number.compareTo(BigDecimal.valueOf(LEAST_MILLIS)) < 0;
    return checked(seconds ? number.movePointRight(3) : number, name, number);
  }

  private static long checked(BigDecimal millis, String name, Object written) {
    if (millis.signum() < 0 || millis.compareTo(LATEST) > 0) {
      throw new IllegalArgumentException("%s is no time: %s".formatted(name, written));
    }
    return millis.longValue();
  }

  private static long isoTime(String name, String text) {
    try {
      return text.endsWith("Z")
          ? Instant.parse(text).toEpochMilli()
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException _) {
      throw new IllegalArgumentException("%s is no time with an offset: %s".formatted(name, text));
    }
  }
}
