package dev.tapeline.feed.simulator;

/** A group of shares that move together beyond the moves of the whole market. */
enum Sector {
  BANK,
  FINANCE,
  IT,
  CONSUMER,
  INDUSTRY,
  CRYPTO
}
