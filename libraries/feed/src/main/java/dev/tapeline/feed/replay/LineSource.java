package dev.tapeline.feed.replay;

/** A vendor whose messages a file of lines may hold. */
public enum LineSource {
  BINANCE,
  DERIBIT
}
