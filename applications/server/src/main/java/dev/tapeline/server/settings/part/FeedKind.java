package dev.tapeline.server.settings.part;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kind of source that market data comes from. */
public enum FeedKind {
  /** A simulated market. */
  SIMULATOR,
  /** The broker Dhan. */
  DHAN,
  /** The spot market of Binance. */
  BINANCE,
  /** The exchange Deribit. */
  DERIBIT,
  /** Ticks that others publish on the bus. */
  BUS,
  /** A recording that is played again. */
  REPLAY;

  /** The names of the options that a source of this kind takes. */
  Set<String> options() {
    return switch (this) {
      case SIMULATOR -> Set.of("name");
      case DHAN ->
          with(
              VendorOptions.MODE,
              VendorOptions.AUTH_URL,
              VendorOptions.MASTER_URL,
              VendorOptions.HOURS,
              VendorOptions.DEPTH,
              VendorOptions.ORDERS,
              VendorOptions.USER);
      case BINANCE -> VendorOptions.COMMON;
      case DERIBIT -> with(VendorOptions.CURRENCIES);
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
      case DHAN ->
          Optional.of(Set.of(VendorOptions.MODE, VendorOptions.HOURS, VendorOptions.DEPTH));
      case BINANCE, DERIBIT -> Optional.of(Set.of());
      case SIMULATOR, BUS, REPLAY -> Optional.empty();
    };
  }

  private static Set<String> with(String... more) {
    Set<String> options = new HashSet<>(VendorOptions.COMMON);
    options.addAll(List.of(more));
    return Set.copyOf(options);
  }
}
