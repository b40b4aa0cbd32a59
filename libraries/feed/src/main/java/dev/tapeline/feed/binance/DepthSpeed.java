package dev.tapeline.feed.binance;

/** How often Binance sends the changes of a book. */
public enum DepthSpeed {
  /** Ten times a second. */
  FAST("@depth@100ms"),
  /** Once a second. */
  SLOW("@depth");

  private final String stream;

  DepthSpeed(String stream) {
    this.stream = stream;
  }

  /** The end of the stream's name. */
  String stream() {
    return stream;
  }
}
