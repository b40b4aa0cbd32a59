package dev.tapeline.plant.channels;

/** The channels that market data is published on. */
public final class Channels {

  /** Market ticks of all instruments. */
  public static final String ALL_TICKS = "market:tick";

  /** New last prices of all instruments. */
  public static final String LTP_UPDATES = "live_ltp_updates";

  private static final String TICK = ALL_TICKS + ":";
  private static final String TRADE = "trade@";
  private static final String DEPTH = "depth@";
  private static final String TICKER = "ticker@";

  /** Matches the channels of {@link #tick}. */
  public static final String TICK_PATTERN = TICK + "*";

  private Channels() {}

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

  /** The symbol of a channel of {@link #tick}; the whole name of any other channel. */
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
