package dev.tapeline.plant.channels;

/** The keys under which the cache has market data. */
public final class Keys {

  /** The instant of the newest heartbeat, present while any source of the system runs. */
  public static final String HEARTBEAT = "market_stream:heartbeat";

  /** Present while a source of simulated prices runs. */
  public static final String SIMULATED = "market_stream:simulated";

  private static final String LTP = "ltp:";
  private static final String PRICE = "price:";
  private static final String RECENT = "tick:";
  private static final String INSTRUMENTS = "instruments:";
  private static final String INVENTED = "simulated:";

  private Keys() {}

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

  /** The instant of the newest heartbeat of a source. */
  public static String heartbeat(String source) {
    return HEARTBEAT + ":" + source;
  }

  /** The instruments of a source: the revision, and the number of parts of the list. */
  public static String instruments(String source) {
    return INSTRUMENTS + source;
  }

  /** A part of the list of a source's instruments. */
  public static String instruments(String source, int part) {
    return INSTRUMENTS + source + ":" + part;
  }
}
