package dev.tapeline.server.settings.part;

/** The values of {@code TAPELINE_FEED}: no source, or a source that needs no options. */
enum SingleFeed {
  NONE,
  SIMULATOR,
  DHAN,
  BINANCE,
  DERIBIT,
  BUS
}
