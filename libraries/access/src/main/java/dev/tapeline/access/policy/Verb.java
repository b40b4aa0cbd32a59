package dev.tapeline.access.policy;

import java.util.Locale;

/** An action that rules allow or deny. */
public enum Verb {
  /** Receiving what is published from now on, with the newest value. */
  SUBSCRIBE,

  /** Reading what was published: history, recovery, and replay. */
  HISTORY,

  /** Publishing. Rules reach positions and alerts only if they name them. */
  PUBLISH,

  /** Looking at a node's clients and channels, and acting on them: rules name {@link AdminAct}s. */
  ADMIN;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
