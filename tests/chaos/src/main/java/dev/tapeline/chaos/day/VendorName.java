package dev.tapeline.chaos.day;

import java.util.Locale;

/** A vendor that is simulated. */
enum VendorName {
  DHAN,
  BINANCE,
  DERIBIT;

  /** The name of the node's source, and of the simulator. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
