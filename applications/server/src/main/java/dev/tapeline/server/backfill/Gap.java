package dev.tapeline.server.backfill;

import java.util.List;

/**
 * Bars that are missing, near enough to each other for one call.
 *
 * @param missing in order of time, at least one
 */
record Gap(List<ExpectedBar> missing) {

  /** The time from the first to the last of them. */
  FillSpan span() {
    return new FillSpan(missing.getFirst().time(), missing.getLast().end());
  }

  /** What the vendor is asked for, in its own times. */
  FillSpan asked() {
    return new FillSpan(missing.getFirst().vendorTime(), missing.getLast().vendorTime() + 1);
  }
}
