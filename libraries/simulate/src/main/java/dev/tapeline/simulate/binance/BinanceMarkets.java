package dev.tapeline.simulate.binance;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.market.SimulatedQuotes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pairs of the simulated market under Binance's symbols: BTC_USDT is BTCUSDT. */
final class BinanceMarkets {

  private final SimulatedQuotes quotes;
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final Map<String, String> symbols = new LinkedHashMap<>();
  private final Map<String, String> bases = new LinkedHashMap<>();

  BinanceMarkets(SimulatedQuotes quotes) {
    this.quotes = quotes;
    for (Instrument one : quotes.instruments()) {
      if (one instanceof Instrument.Pair && one.symbol().contains("_")) {
        String symbol = one.symbol().replace("_", "");
        keys.put(symbol, one.key());
        symbols.put(one.key(), symbol);
        bases.put(symbol, one.symbol().substring(0, one.symbol().indexOf('_')));
      }
    }
  }

  /** The figures of a symbol; null if there is none. */
  @Nullable QuoteState quote(String symbol) {
    String key = keys.get(symbol);
    return key == null ? null : quotes.quote(key);
  }

  /** The symbol of an instrument by its key; null if it is no pair. */
  @Nullable String symbol(String key) {
    return symbols.get(key);
  }

  List<String> symbols() {
    return List.copyOf(keys.keySet());
  }

  String base(String symbol) {
    return bases.getOrDefault(symbol, symbol);
  }
}
