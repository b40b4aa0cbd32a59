package dev.tapeline.server.settings.part;

/** Whether bars that live series lack are fetched of the vendors' own history. */
public enum Backfilling {
  /** For readers, and for the present session after a source has come up. */
  AUTO,
  OFF
}
