package dev.tapeline.plant.channels;

/** The names of the channels. */
public final class Channels {

  static final String TICK = "market:tick:";
  static final String TRADE = "trade@";
  static final String DEPTH = "depth@";
  static final String TICKER = "ticker@";
  static final String INDICATORS = "indicators:";
  static final String OPTION_CHAIN = "option-chain:";
  static final String CHAIN = "chain:";
  static final String IV_INDEX = "ivdex:";
  static final String CANDLES = "candles:";
  static final String ENGINE = "engine:";
  static final String POSITIONS = "positions:";
  static final String ALERTS = "alerts:";
  static final String PRICE_WISH = "tapeline:price:";
  static final String CHAIN_WISH = "tapeline:chain:";
  static final String CHAIN_STATE_WISH = "tapeline:chain-state:";

  private Channels() {}

  /** Market ticks of all instruments. */
  public static String allTicks() {
    return "market:tick";
  }

  /** New last prices of all instruments. */
  public static String ltpUpdates() {
    return "live_ltp_updates";
  }

  /** Matches the channels of {@link #tick}. */
  public static String tickPattern() {
    return TICK + "*";
  }

  /** Market ticks of one instrument. */
  public static String tick(String symbol) {
    return TICK + symbol;
  }

  /** Trades of one instrument. */
  public static String trade(String symbol) {
    return TRADE + symbol;
  }

  /** Changes of the order book of one instrument, and whole books. */
  public static String depth(String symbol) {
    return DEPTH + symbol;
  }

  /** Last price, best quote and day's figures of one instrument. */
  public static String ticker(String symbol) {
    return TICKER + symbol;
  }

  /** Snapshots of one option chain. */
  public static String optionChain(String symbol, String expiry) {
    return OPTION_CHAIN + symbol + ":" + expiry;
  }

  /** The same with its rows by strike, so that a change of a row is a small difference. */
  public static String chainRows(String symbol, String expiry) {
    return CHAIN + symbol + ":" + expiry;
  }

  /** The volatility index of one underlying. */
  public static String volatilityIndex(String symbol) {
    return IV_INDEX + symbol;
  }

  /** Nothing is published here: to want it is to ask for the last price of an instrument. */
  public static String priceWish(String instrumentKey) {
    return PRICE_WISH + instrumentKey;
  }

  /** Nothing is published here: to want it is to have the options of a chain watched. */
  public static String chainWish(String symbol, String expiry) {
    return CHAIN_WISH + symbol + ":" + expiry;
  }

  /**
   * Nothing is published here: to want it is to have a chain computed, and its newest state and
   * snapshots kept in the cache.
   */
  public static String chainStateWish(String symbol, String expiry) {
    return CHAIN_STATE_WISH + symbol + ":" + expiry;
  }

  /** Bars of one instrument and time frame. */
  public static String candles(String symbol, String timeFrame) {
    return CANDLES + symbol + ":" + timeFrame;
  }

  /** The common indicators of one instrument, over bars of a minute. */
  public static String indicators(String symbol) {
    return INDICATORS + symbol;
  }

  /**
   * Indicators of one instrument.
   *
   * @param name the frame and the indicators, as in {@code 5m:rsi-14+ema-20}
   */
  public static String indicators(String symbol, String name) {
    return INDICATORS + symbol + ":" + name;
  }

  /** Signals of the trading engine for one instrument. */
  public static String signal(String symbol) {
    return ENGINE + "signal:" + symbol;
  }

  /** The positions and orders of one user, who alone may read them. */
  public static String positions(String user) {
    return POSITIONS + user;
  }

  /** The symbol of a channel of {@link #tick}; all of the name if it is none. */
  public static String symbolOfTick(String channel) {
    return behind(TICK, channel);
  }

  /** The symbol of a channel of {@link #depth}; the whole name of any other channel. */
  public static String symbolOfDepth(String channel) {
    return behind(DEPTH, channel);
  }

  private static String behind(String prefix, String channel) {
    return channel.startsWith(prefix) ? channel.substring(prefix.length()) : channel;
  }
}
