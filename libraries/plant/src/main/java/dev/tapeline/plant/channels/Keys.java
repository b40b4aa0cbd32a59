package dev.tapeline.plant.channels;

/** The keys under which the cache has market data. */
public final class Keys {

  private static final String HEARTBEAT = "market_stream:heartbeat";
  private static final String LTP = "ltp:";
  private static final String PRICE = "price:";
  private static final String RECENT = "tick:";
  private static final String CANDLE = "candle:";
  private static final String INSTRUMENTS = "instruments:";
  private static final String POLLING = "polling:";
  private static final String OPTION_CHAIN = "option-chain:";
  private static final String INVENTED = "simulated:";

  private Keys() {}

  /** There while any source of the system runs: the instant of the newest heartbeat. */
  public static String heartbeat() {
    return HEARTBEAT;
  }

  /** There while a source of invented prices runs. */
  public static String simulated() {
    return "market_stream:simulated";
  }

  /** The last price of an instrument, by its segment and security id. */
  public static String ltp(String instrumentKey) {
    return LTP + instrumentKey;
  }

  /** Present while the last price of an instrument is simulated. */
  public static String simulated(String instrumentKey) {
    return INVENTED + instrumentKey;
  }

  /** The last price of an instrument, by its symbol. */
  public static String price(String symbol) {
    return PRICE + symbol;
  }

  /** The recent market ticks of an instrument, newest first. */
  public static String recentTicks(String symbol) {
    return RECENT + symbol;
  }

  /** The begin of the keys of an instrument's bars; the time of the bar follows, epoch ms. */
  public static String candles(String symbol, String timeFrame) {
    return CANDLE + symbol + ":" + timeFrame + ":";
  }

  /** The instant of the newest heartbeat of a source. */
  public static String heartbeat(String source) {
    return HEARTBEAT + ":" + source;
  }

  /** The instruments of a source: the revision, and the number of parts of the list. */
  public static String instruments(String source) {
    return INSTRUMENTS + source;
  }

  /** The newest state of an option chain. */
  public static String optionChain(String symbol, String expiry) {
    return OPTION_CHAIN + symbol + ":" + expiry;
  }

  /**
   * A snapshot of an option chain.
   *
   * @param number counted from the newest, which is 0
   */
  public static String optionChain(String symbol, String expiry, int number) {
    return optionChain(symbol, expiry) + ":" + number;
  }

  /** What users have asked the sources to watch. */
  public static String wishes() {
    return "tapeline:wishes";
  }

  /** The option chains that a source polls. */
  public static String polling(String source) {
    return POLLING + source;
  }

  /** A part of the list of a source's instruments. */
  public static String instruments(String source, int part) {
    return INSTRUMENTS + source + ":" + part;
  }

  /** A bar of an instrument, by its frame and its time in epoch ms UTC. */
  public static String candle(String symbol, String timeFrame, long time) {
    return "candle:" + symbol + ":" + timeFrame + ":" + time;
  }
}
