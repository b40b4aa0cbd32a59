package dev.tapeline.server.settings;

/** What {@code TAPELINE_FEED} can name: no source, or one that needs no options. */
enum SingleFeed {
  NONE,
  SIMULATOR,
  BUS
}
