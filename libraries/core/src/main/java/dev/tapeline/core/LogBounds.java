package dev.tapeline.core;

import java.time.Duration;

/**
 * The bounds of a durable channel's log. Publications beyond any of the three are dropped, oldest
 * first, but the newest publication is never dropped because of its size.
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
