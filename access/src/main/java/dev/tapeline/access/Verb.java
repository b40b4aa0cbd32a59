package dev.tapeline.access;

import java.util.Locale;

/** What a rule is about. */
public enum Verb {
  /** Receiving what is published from now on, with the newest value. */
  SUBSCRIBE,

  /** Reading what was published: history, recovery, and replay. */
  HISTORY;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
