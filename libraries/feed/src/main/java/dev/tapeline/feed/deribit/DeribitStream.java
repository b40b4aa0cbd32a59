package dev.tapeline.feed.deribit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a channel of Deribit is about. */
sealed interface DeribitStream {

  /** Everything of an instrument but its trades and its book. */
  record Ticker(String instrument) implements DeribitStream {}

  /**
   * Trades, each of which names its instrument.
   *
   * @param instrument the only one they are of; null for those of a kind
   */
  record Trades(@Nullable String instrument) implements DeribitStream {}

  /** The changes of a book, after the whole of it. */
  record Changes(String instrument) implements DeribitStream {}

  /**
   * An index.
   *
   * @param id the security id
   */
  record Value(String id) implements DeribitStream {}

  /**
   * The mark prices of all options on an index.
   *
   * @param index Deribit's name of it
   */
  record MarkPrices(String index) implements DeribitStream {}

  /** The instruments of a currency that come, and go. */
  record Listings(String currency) implements DeribitStream {}

  /** Reads the name of a channel; null if it is none that is known. */
  static @Nullable DeribitStream parse(String channel) {
    List<String> parts = List.of(channel.split("\\.", -1));
    return switch (parts.getFirst()) {
      case "ticker" -> parts.size() == 3 ? new Ticker(parts.get(1)) : null;
      case "trades" ->
          switch (parts.size()) {
            case 3 -> new Trades(parts.get(1));
            case 4 -> new Trades(null);
            default -> null;
          };
      case "book" -> parts.size() == 3 ? new Changes(parts.get(1)) : null;
      case "deribit_price_index" -> parts.size() == 2 ? new Value(parts.get(1)) : null;
      case "deribit_volatility_index" ->
          parts.size() == 2 ? new Value(DeribitNames.volatilityId(parts.get(1))) : null;
      case "markprice" -> parts.size() == 3 ? new MarkPrices(parts.get(2)) : null;
      case "instrument" -> parts.size() == 4 ? new Listings(parts.get(3)) : null;
      default -> null;
    };
  }

  static String ticker(String instrument, String interval) {
    return "ticker.%s.%s".formatted(instrument, interval);
  }

  static String trades(String instrument, String interval) {
    return "trades.%s.%s".formatted(instrument, interval);
  }

  static String changes(String instrument, String interval) {
    return "book.%s.%s".formatted(instrument, interval);
  }

  /** The channel of an index with this security id. */
  static String value(String id) {
    String name = DeribitNames.indexName(id);
    return DeribitNames.isVolatility(id)
        ? "deribit_volatility_index." + name
        : "deribit_price_index." + name;
  }

  static String markPrices(String index) {
    return "markprice.options." + index;
  }

  static String listings(String currency) {
    return "instrument.state.option." + currency;
  }
}
