package dev.tapeline.server.settings.part;

import java.util.Optional;
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
      case REPLAY ->
          Set.of(
              "name",
              "file",
              "format",
              "vendor",
              "from",
              "to",
              "speed",
              "loop",
              "await-subscriber");
    };
  }

  /**
   * The names of the options that the decoding of a recording of this kind depends on; empty if
   * nothing arrives at such a source that could be recorded.
   */
  public Optional<Set<String>> recordedOptions() {
    return switch (this) {
      case SIMULATOR, BUS, REPLAY -> Optional.empty();
    };
  }
}
