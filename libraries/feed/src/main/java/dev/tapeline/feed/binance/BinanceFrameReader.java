package dev.tapeline.feed.binance;

import dev.tapeline.market.tick.Decimals;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON of a frame into a {@link BinanceFrame}: an event, bare or in the envelope {@code
 * {"stream":…,"data":…}}. Unknown fields are skipped; required fields are checked elsewhere.
 */
final class BinanceFrameReader {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_LEVELS = 50_000;

  private BinanceFrameReader() {}

  /**
   * @throws tools.jackson.core.JacksonException if the text isn't JSON or a field's type is wrong
   * @throws IllegalArgumentException if a value is out of range
   */
  static void read(byte[] buffer, int offset, int length, BinanceFrame frame) {
    frame.clear();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), buffer, offset, length)) {
      expect(parser.nextToken() == JsonToken.START_OBJECT, "not a JSON object");
      object(parser, frame);
      expect(parser.nextToken() == null, "more after the JSON object");
    }
  }

  private static void object(JsonParser parser, BinanceFrame frame) {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    boolean enveloped = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT && name.equals("data")) {
        object(parser, frame);
        enveloped = true;
      } else if (token == JsonToken.START_OBJECT && name.equals("error")) {
        error(parser, frame);
      } else {
        field(parser, name, token, frame);
      }
    }
    if (!enveloped) {
      frame.dataStart = start;
      frame.dataEnd = (int) parser.currentLocation().getByteOffset();
    }
  }

  private static void field(JsonParser parser, String name, JsonToken token, BinanceFrame frame) {
    switch (name) {
      case "stream" -> frame.stream = text(parser, name, token);
      case "e" -> frame.event = text(parser, name, token);
      case "s" -> frame.symbol = text(parser, name, token);
      case "E" -> frame.eventTime = number(parser, name, token);
      case "T" -> frame.tradeTime = number(parser, name, token);
      case "t" -> frame.tradeId = number(parser, name, token);
      case "U" -> frame.firstId = number(parser, name, token);
      case "u" -> frame.lastId = number(parser, name, token);
      case "lastUpdateId" -> frame.lastUpdateId = number(parser, name, token);
      case "p" -> frame.price = decimal(parser, name, token);
      case "q" -> frame.quantity = decimal(parser, name, token);
      case "B" -> frame.bidQuantity = decimal(parser, name, token);
      case "A" -> frame.askQuantity = decimal(parser, name, token);
      case "m" -> frame.aggressor = aggressor(token);
      case "snapshot" -> frame.snapshot = token == JsonToken.VALUE_TRUE;
      case "b", "bids" -> bids(parser, name, token, frame);
      case "a", "asks" -> asks(parser, name, token, frame);
      default -> further(parser, name, token, frame);
    }
  }

  /** The fields of aggregated trades, of figures of the day, and of answers to requests. */
  private static void further(JsonParser parser, String name, JsonToken token, BinanceFrame frame) {
    switch (name) {
      case "f" -> frame.firstTrade = wholeIfAny(parser, token);
      case "l" -> last(parser, token, frame);
      case "o" -> frame.open = textIfAny(parser, token);
      case "h" -> frame.high = textIfAny(parser, token);
      case "c" -> frame.close = textIfAny(parser, token);
      case "v" -> frame.volume = textIfAny(parser, token);
      case "id" -> frame.requestId = wholeIfAny(parser, token);
      case "result" -> {
        frame.answered = true;
        parser.skipChildren();
      }
      case "code" -> {
        frame.refused = true;
        frame.errorCode = token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : 0;
        parser.skipChildren();
      }
      case "msg" -> frame.errorText = textIfAny(parser, token);
      default -> parser.skipChildren();
    }
  }

  private static void error(JsonParser parser, BinanceFrame frame) {
    frame.refused = true;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken token = parser.nextToken();
      if (name.equals("code") || name.equals("msg")) {
        further(parser, name, token, frame);
      } else {
        parser.skipChildren();
      }
    }
  }

  /** The id of the last trade in an aggregate, the lowest price in figures of a day. */
  private static void last(JsonParser parser, JsonToken token, BinanceFrame frame) {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      frame.lastTrade = wholeIfAny(parser, token);
    } else {
      frame.low = textIfAny(parser, token);
    }
  }

  private static long wholeIfAny(JsonParser parser, JsonToken token) {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      parser.skipChildren();
      return BinanceFrame.ABSENT;
    }
    return Math.max(BinanceFrame.ABSENT, parser.getLongValue());
  }

  private static @Nullable String textIfAny(JsonParser parser, JsonToken token) {
    if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
      return parser.getString();
    }
    parser.skipChildren();
    return null;
  }

  /** The side of the aggressor, from the flag that says whether the buyer was the maker. */
  private static @Nullable Side aggressor(JsonToken buyerIsMaker) {
    return switch (buyerIsMaker) {
      case VALUE_TRUE -> Side.SELL;
      case VALUE_FALSE -> Side.BUY;
      default -> null;
    };
  }

  /** A list of levels in a change of the book, a price in a quote. */
  private static void bids(JsonParser parser, String name, JsonToken token, BinanceFrame frame) {
    if (token == JsonToken.START_ARRAY) {
      frame.bids = levels(parser);
    } else {
      frame.bidPrice = decimal(parser, name, token);
    }
  }

  private static void asks(JsonParser parser, String name, JsonToken token, BinanceFrame frame) {
    if (token == JsonToken.START_ARRAY) {
      frame.asks = levels(parser);
    } else {
      frame.askPrice = decimal(parser, name, token);
    }
  }

  private static List<Level> levels(JsonParser parser) {
    List<Level> levels = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken() == JsonToken.START_ARRAY, "a level is not an array");
      expect(levels.size() < MAX_LEVELS, "too many levels");
      BigDecimal price = decimal(parser, "price", parser.nextToken());
      levels.add(new Level(price, decimal(parser, "quantity", parser.nextToken())));
      expect(parser.nextToken() == JsonToken.END_ARRAY, "a level has more than two values");
    }
    return levels;
  }

  private static String text(JsonParser parser, String name, JsonToken token) {
    expect(token == JsonToken.VALUE_STRING, name, " is not a string");
    return parser.getString();
  }

  private static long number(JsonParser parser, String name, JsonToken token) {
    expect(token == JsonToken.VALUE_NUMBER_INT, name, " is not a whole number");
    long value = parser.getLongValue();
    expect(value >= 0, name, " is negative");
    return value;
  }

  private static BigDecimal decimal(JsonParser parser, String name, JsonToken token) {
    expect(token == JsonToken.VALUE_STRING || token.isNumeric(), name, " is not a decimal");
    return Decimals.parse(
        parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
  }

  private static void expect(boolean holds, String problem) {
    expect(holds, problem, "");
  }

  private static void expect(boolean holds, String subject, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(subject + problem);
    }
  }
}
