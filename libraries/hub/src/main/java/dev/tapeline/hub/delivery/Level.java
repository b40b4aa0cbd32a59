package dev.tapeline.hub.delivery;

import java.util.Locale;

/** How far a client that does not keep up is set back: what it still gets. */
public enum Level {
  /** What it asked for. */
  AS_ASKED,
  /** The newest only, of channels whose kind allows it. */
  LATEST,
  /** The same, once a second at most. */
  SLOWER,
  /** Nothing of these channels, until it keeps up again. */
  SNAPSHOT,
  /** The end of its connection. */
  CLOSED;

  /** The word for administrators. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  public Level down() {
    return switch (this) {
      case AS_ASKED -> LATEST;
      case LATEST -> SLOWER;
      case SLOWER -> SNAPSHOT;
      case SNAPSHOT, CLOSED -> CLOSED;
    };
  }

  public Level up() {
    return switch (this) {
      case AS_ASKED, LATEST -> AS_ASKED;
      case SLOWER -> LATEST;
      case SNAPSHOT -> SLOWER;
      case CLOSED -> CLOSED;
    };
  }
}
