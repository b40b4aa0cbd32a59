package dev.tapeline.simulate.binance;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream of one symbol.
 *
 * @param symbol in upper case
 * @param fast whether it comes ten times as often as usual
 */
record BinanceStream(String name, String symbol, Kind kind, boolean fast) {

  /** What a stream tells. */
  enum Kind {
    TRADE(0),
    AGG_TRADE(0),
    DEPTH(0),
    DEPTH5(5),
    DEPTH10(10),
    DEPTH20(20),
    BOOK_TICKER(0),
    TICKER(0),
    MINI_TICKER(0),
    KLINE(0);

    private final int levels;

    Kind(int levels) {
      this.levels = levels;
    }

    /** The number of levels of a book that is told as a whole; 0 for others. */
    int levels() {
      return levels;
    }
  }

  private static final Map<String, Kind> KINDS =
      Map.of(
          "trade", Kind.TRADE,
          "aggTrade", Kind.AGG_TRADE,
          "depth", Kind.DEPTH,
          "depth5", Kind.DEPTH5,
          "depth10", Kind.DEPTH10,
          "depth20", Kind.DEPTH20,
          "bookTicker", Kind.BOOK_TICKER,
          "ticker", Kind.TICKER,
          "miniTicker", Kind.MINI_TICKER,
          "kline_1m", Kind.KLINE);

  private static final String FAST = "@100ms";
  private static final String SLOW = "@1000ms";

  /** Reads a name; null if it is none of a stream. */
  static @Nullable BinanceStream parse(String name) {
    boolean fast = name.endsWith(FAST);
    String bare =
        fast
            ? name.substring(0, name.length() - FAST.length())
            : name.endsWith(SLOW) ? name.substring(0, name.length() - SLOW.length()) : name;
    int at = bare.indexOf('@');
    Kind kind = at <= 0 ? null : KINDS.get(bare.substring(at + 1));
    boolean isSpeedless = kind != null && !kind.name().startsWith("DEPTH");
    if (kind == null || (isSpeedless && !bare.equals(name)) || !isLower(bare.substring(0, at))) {
      return null;
    }
    return new BinanceStream(name, bare.substring(0, at).toUpperCase(Locale.ROOT), kind, fast);
  }

  private static boolean isLower(String symbol) {
    return symbol.equals(symbol.toLowerCase(Locale.ROOT));
  }
}
