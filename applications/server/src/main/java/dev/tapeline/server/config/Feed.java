package dev.tapeline.server.config;

/** The values of {@code TAPELINE_FEED}. */
public enum Feed {
  NONE,
  SIMULATOR
}
