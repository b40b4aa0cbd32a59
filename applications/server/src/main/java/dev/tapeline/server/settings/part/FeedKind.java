package dev.tapeline.server.settings.part;

import java.util.Set;

/** A kind of source that market data comes from. */
public enum FeedKind {
  /** A simulated market. */
  SIMULATOR,
  /** Ticks that others publish on the bus. */
  BUS,
  /** A recording that is played again. */
  REPLAY;

  /** The names of the options that a source of this kind takes. */
  Set<String> options() {
    return switch (this) {
      case SIMULATOR -> Set.of("name");
      case BUS -> Set.of();
      case REPLAY -> Set.of("name", "file", "speed", "loop", "await-subscriber");
    };
  }
}
