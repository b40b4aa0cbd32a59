package dev.tapeline.core;

import java.time.Duration;

/**
 * How much a durable channel's log keeps: what exceeds any of the three goes, the oldest first, but
 * never the newest publication because of its size.
 *
 * @param length publications
 * @param age since they were logged, in whole seconds
 * @param bytes payloads and their headers together
 */
public record LogBounds(int length, Duration age, long bytes) {

  public LogBounds {
    if (length < 1 || age.toSeconds() < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "a log keeps at least one publication, for one second, in one byte, not %d, %s, %d"
              .formatted(length, age, bytes));
    }
  }
}
