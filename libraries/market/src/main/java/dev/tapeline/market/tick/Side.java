package dev.tapeline.market.tick;

/** A side of a trade or an order. */
public enum Side {
  BUY,
  SELL
}
