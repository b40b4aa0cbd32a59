package dev.tapeline.server.settings.part;

/** How much Dhan sends of an instrument at least. */
public enum DhanMode {
  /** The last price. */
  TICKER,
  /** The figures of the session too. */
  QUOTE,
  /** The best five prices of each side too. */
  FULL
}
