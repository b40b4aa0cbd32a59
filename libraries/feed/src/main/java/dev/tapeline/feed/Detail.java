package dev.tapeline.feed;

/** How much is wanted of an instrument; each includes those before it. */
public enum Detail {
  /** Its last price. */
  PRICE,
  /** Its trades, its best bid and ask, and the figures of its session. */
  QUOTE,
  /** Its order book too. */
  BOOK
}
