package dev.tapeline.store.history;

import java.util.Locale;

/** How real the prices of a series are. Series of different origins never overwrite each other. */
public enum Origin {
  /** From a source while it was live. */
  LIVE,
  /** Invented by a simulator. */
  SIMULATED,
  /** From a recording that was played again. */
  REPLAY,
  /** Fetched from a vendor's own history, after the fact. */
  BACKFILL;

  /** The word for it in stores and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The origin of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Origin parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
