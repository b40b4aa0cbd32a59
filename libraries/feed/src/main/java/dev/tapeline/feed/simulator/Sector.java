package dev.tapeline.feed.simulator;

/** Shares that move together beyond what the whole market does. */
enum Sector {
  BANK,
  FINANCE,
  IT,
  CONSUMER,
  INDUSTRY,
  CRYPTO
}
