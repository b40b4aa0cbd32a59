package dev.tapeline.clients;

/** Trades as the Binance feed publishes them. */
final class Trades {

  private Trades() {}

  /** The exchange's own JSON. */
  static String trade(String symbol, long id) {
    return """
    {"e":"trade","E":1700000000001,"s":"%s","t":%d,"p":"65000.10","q":"0.00300",\
    "T":1700000000000,"m":true,"M":true}\
    """
        .formatted(symbol, id);
  }

  /** The publication on the channel {@code trade@SYMBOL}. */
  static String published(String symbol, long id) {
    return "{\"stream\":\"trade@%s\",\"data\":%s}".formatted(symbol, trade(symbol, id));
  }
}
