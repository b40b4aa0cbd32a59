package dev.tapeline.server.config;

/** Where market data comes from, besides what others publish on the bus. */
public enum Feed {
  NONE,
  SIMULATOR
}
