package dev.tapeline.simulate.deribit;

import dev.tapeline.market.instrument.Instrument;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A channel that a client can subscribe to. */
sealed interface DeribitChannel {

  String name();

  /** Everything of an instrument. */
  record Ticker(String name, Instrument instrument) implements DeribitChannel {}

  /** The changes of an instrument's book. */
  record Changes(String name, Instrument instrument) implements DeribitChannel {}

  /** The best levels of an instrument's book, whole each time. */
  record Top(String name, Instrument instrument, int levels) implements DeribitChannel {}

  /** The best prices of an instrument. */
  record Best(String name, Instrument instrument) implements DeribitChannel {}

  /**
   * Trades.
   *
   * @param instrument the only one whose trades are told; null for all of a currency and a kind
   * @param kind {@code option}, {@code future}, or {@code any}
   */
  record Trades(String name, @Nullable Instrument instrument, String kind, String currency)
      implements DeribitChannel {

    /** Whether the trades of an instrument are told. */
    boolean isOf(@Nullable Instrument traded) {
      if (traded == null || instrument != null) {
        return traded != null && traded.equals(instrument);
      }
      return DeribitMarket.currency(traded).equals(currency)
          && (kind.equals("any") || kind.equals(DeribitMarket.kind(traded)));
    }
  }

  /** The instruments that come and go, which none does here. */
  record States(String name) implements DeribitChannel {}

  /** The index of a currency. */
  record PriceIndex(String name, String currency) implements DeribitChannel {}

  /** The volatility index of a currency. */
  record VolatilityIndex(String name, String currency) implements DeribitChannel {}

  /** The mark prices of all options on a currency. */
  record MarkPrices(String name, String currency) implements DeribitChannel {}

  /** Whether a name asks for each change, which needs a login. */
  static boolean isRaw(String name) {
    return name.endsWith(".raw");
  }

  /** Reads a name; null if there is no such channel. */
  static @Nullable DeribitChannel parse(String name, DeribitMarket market) {
    List<String> parts = List.of(name.split("\\.", -1));
    return switch (parts.getFirst()) {
      case "ticker" -> ofInstrument(name, parts, market);
      case "book" -> book(name, parts, market);
      case "quote" -> parts.size() == 2 ? best(name, parts.get(1), market) : null;
      case "trades" -> trades(name, parts, market);
      case "instrument" -> states(name, parts);
      case "deribit_price_index" -> ofCurrency(name, parts, 1);
      case "deribit_volatility_index" -> ofCurrency(name, parts, 1);
      case "markprice" ->
          parts.size() == 3 && parts.get(1).equals("options") ? ofCurrency(name, parts, 2) : null;
      default -> null;
    };
  }

  private static boolean isInterval(String part) {
    return part.equals("100ms") || part.equals("agg2");
  }

  private static @Nullable DeribitChannel ofInstrument(
      String name, List<String> parts, DeribitMarket market) {
    Instrument instrument =
        parts.size() == 3 && isInterval(parts.get(2)) ? market.instrument(parts.get(1)) : null;
    return instrument == null ? null : new Ticker(name, instrument);
  }

  private static @Nullable DeribitChannel best(String name, String symbol, DeribitMarket market) {
    Instrument instrument = market.instrument(symbol);
    return instrument == null ? null : new Best(name, instrument);
  }

  private static @Nullable DeribitChannel book(
      String name, List<String> parts, DeribitMarket market) {
    Instrument instrument = parts.size() < 3 ? null : market.instrument(parts.get(1));
    if (instrument == null || !isInterval(parts.getLast())) {
      return null;
    }
    if (parts.size() == 3) {
      return new Changes(name, instrument);
    }
    boolean isTop =
        parts.size() == 5
            && parts.get(2).equals("none")
            && List.of("1", "10", "20").contains(parts.get(3));
    return isTop ? new Top(name, instrument, Integer.parseInt(parts.get(3))) : null;
  }

  private static @Nullable DeribitChannel trades(
      String name, List<String> parts, DeribitMarket market) {
    if (!isInterval(parts.getLast())) {
      return null;
    }
    if (parts.size() == 4) {
      String kind = parts.get(1);
      String currency = parts.get(2);
      return isKind(kind) && DeribitMarket.CURRENCIES.contains(currency)
          ? new Trades(name, null, kind, currency)
          : null;
    }
    Instrument instrument = parts.size() == 3 ? market.instrument(parts.get(1)) : null;
    return instrument == null
        ? null
        : new Trades(name, instrument, "any", DeribitMarket.currency(instrument));
  }

  private static boolean isKind(String part) {
    return List.of("option", "future", "any").contains(part);
  }

  private static @Nullable DeribitChannel states(String name, List<String> parts) {
    boolean known =
        parts.size() == 4
            && parts.get(1).equals("state")
            && isKind(parts.get(2))
            && DeribitMarket.CURRENCIES.contains(parts.get(3));
    return known ? new States(name) : null;
  }

  private static @Nullable DeribitChannel ofCurrency(String name, List<String> parts, int at) {
    if (parts.size() != at + 1 || !parts.get(at).endsWith("_usd")) {
      return null;
    }
    String index = parts.get(at);
    String currency = index.substring(0, index.length() - "_usd".length()).toUpperCase(Locale.ROOT);
    if (!DeribitMarket.CURRENCIES.contains(currency)) {
      return null;
    }
    return switch (parts.getFirst()) {
      case "deribit_price_index" -> new PriceIndex(name, currency);
      case "deribit_volatility_index" -> new VolatilityIndex(name, currency);
      default -> new MarkPrices(name, currency);
    };
  }
}
