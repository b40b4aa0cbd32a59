package dev.tapeline.market.indicator;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The indicators that can be named, with their numbers and values. */
public enum IndicatorKind {
  RSI("14", "rsi"),
  MACD("12 26 9", "macd signal histogram"),
  EMA("20", "ema"),
  SMA("20", "sma"),
  WMA("20", "wma"),
  ATR("14", "atr"),
  BB("20 *2", "middle upper lower percentB width"),
  VWAP("*1", "vwap upper lower"),
  STOCH("14 3 3", "k d"),
  ADX("14", "adx plusDi minusDi"),
  SUPERTREND("10 *3", "supertrend direction"),
  ICHIMOKU("9 26 52", "conversion base spanA spanB leadA leadB"),
  CCI("20", "cci"),
  OBV("", "obv"),
  PIVOTS("", "pivot r1 r2 r3 s1 s2 s3");

  // After so many lengths, what an average began with counts less than a millionth.
  private static final int EXPONENTIAL = 8;
  private static final int WILDER = 15;
  private static final int TWICE_WILDER = 28;

  /** The usual numbers: lengths in bars, and behind them a factor with a star, if there is one. */
  private final String usual;

  private final String values;

  IndicatorKind(String usual, String values) {
    this.usual = usual;
    this.values = values;
  }

  /** The kind of a name such as {@code rsi}. */
  static Optional<IndicatorKind> named(String name) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(name)).findFirst();
  }

  /** All names, by comma. */
  static String names() {
    return Arrays.stream(values()).map(IndicatorKind::text).collect(Collectors.joining(", "));
  }

  /** Its name: {@code rsi}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of its values; the first one is the indicator itself. */
  public List<String> valueNames() {
    return words(values);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  /** The numbers that a text may leave out. */
  List<BigDecimal> usualNumbers() {
    return words(usual.replace("*", "")).stream().map(BigDecimal::new).toList();
  }

  /** Whether the number at a place is a factor, and no length. */
  boolean isFactor(int place) {
    return words(usual).get(place).startsWith("*");
  }

  /**
   * A new one of this kind.
   *
   * @param totals of the sessions of its bars, for those that need them
   */
  Indicator make(IndicatorTerm term, SessionTotals totals) {
    return switch (this) {
      case RSI -> new Rsi(term.length(0));
      case MACD -> new Macd(term.length(0), term.length(1), term.length(2));
      case EMA -> new Ema(term.length(0));
      case SMA -> new Sma(term.length(0));
      case WMA -> new Wma(term.length(0));
      case ATR -> new Atr(term.length(0));
      case BB -> new Bollinger(term.length(0), term.factor(1));
      case VWAP -> new Vwap(totals, term.factor(0));
      case STOCH -> new Stochastic(term.length(0), term.length(1), term.length(2));
      case ADX -> new Adx(term.length(0));
      case SUPERTREND -> new Supertrend(term.length(0), term.factor(1));
      case ICHIMOKU -> new Ichimoku(term.length(0), term.length(1), term.length(2));
      case CCI -> new Cci(term.length(0));
      case OBV -> new Obv(totals);
      case PIVOTS -> new Pivots(totals);
    };
  }

  /** After how many bars what was before them counts less than a millionth. */
  int settledAfter(IndicatorTerm term) {
    return switch (this) {
      case EMA -> EXPONENTIAL * term.length(0);
      case MACD -> EXPONENTIAL * (term.length(1) + term.length(2));
      case RSI, ATR -> WILDER * term.length(0);
      case ADX, SUPERTREND -> TWICE_WILDER * term.length(0);
      case SMA, WMA, BB, CCI -> term.length(0);
      case STOCH -> term.length(0) + term.length(1) + term.length(2);
      case ICHIMOKU -> term.length(1) + Math.max(term.length(1), term.length(2));
      case VWAP, OBV, PIVOTS -> 1;
    };
  }

  /** What its values count beyond the bars of its lengths. */
  Lookback lookback() {
    return switch (this) {
      case VWAP -> Lookback.SESSION;
      case PIVOTS -> Lookback.SESSION_BEFORE;
      case OBV -> Lookback.SERIES;
      case RSI, MACD, EMA, SMA, WMA, ATR, BB, STOCH, ADX, SUPERTREND, ICHIMOKU, CCI ->
          Lookback.BARS;
    };
  }
}
