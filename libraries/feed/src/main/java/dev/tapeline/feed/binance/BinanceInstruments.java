package dev.tapeline.feed.binance;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pairs in an answer of {@code /exchangeInfo}.
 *
 * @param skipped how many could not be read, or have a symbol that no channel can be named after
 */
public record BinanceInstruments(List<Listing> listings, int skipped) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SEGMENT = "BINANCE";

  /**
   * A pair as Binance lists it.
   *
   * @param status {@code TRADING}, {@code HALT}, {@code BREAK} or {@code CANCEL_ONLY}; others may
   *     come
   */
  public record Listing(Instrument.Pair pair, String base, String quote, String status) {

    /** Whether it trades now. */
    public boolean isTrading() {
      return status.equals("TRADING");
    }
  }

  public BinanceInstruments {
    listings = List.copyOf(listings);
  }

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static BinanceInstruments parse(byte[] body) {
    JsonNode symbols = symbols(body);
    List<Listing> listings = new ArrayList<>(symbols.size());
    int skipped = 0;
    for (JsonNode symbol : symbols) {
      try {
        listings.add(listing(symbol));
      } catch (IllegalArgumentException _) {
        skipped++;
      }
    }
    return new BinanceInstruments(listings, skipped);
  }

  private static JsonNode symbols(byte[] body) {
    try {
      JsonNode symbols = JSON.readTree(body).path("symbols");
      if (symbols.isArray()) {
        return symbols;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("no list of symbols");
  }

  private static Listing listing(JsonNode symbol) {
    String id = text(symbol, "symbol");
    String base = text(symbol, "baseAsset");
    String quote = text(symbol, "quoteAsset");
    Reference reference =
        new Reference(id, SEGMENT, id, base + " / " + quote, tickSize(symbol.path("filters")));
    return new Listing(new Instrument.Pair(reference), base, quote, text(symbol, "status"));
  }

  private static String text(JsonNode symbol, String name) {
    JsonNode value = symbol.path(name);
    if (!value.isString()) {
      throw new IllegalArgumentException("a symbol without " + name);
    }
    return value.stringValue();
  }

  /** The step of prices without the zeros at its end; 0 if there is no filter of prices. */
  private static BigDecimal tickSize(JsonNode filters) {
    for (JsonNode filter : filters) {
      if (filter.path("filterType").asString("").equals("PRICE_FILTER")) {
        BigDecimal size = Decimals.parse(text(filter, "tickSize")).stripTrailingZeros();
        return size.scale() < 0 ? size.setScale(0) : size;
      }
    }
    return BigDecimal.ZERO;
  }
}
