package dev.tapeline.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one source of data is: Redis, a vendor, a recording.
 *
 * @param source its name, such as {@code redis}
 * @param state live, stale, down, closed, replay or simulated
 * @param since since when, epoch milliseconds UTC
 * @param reason why, for anybody to read, where that is known
 */
public record SourceStatus(String source, String state, long since, @Nullable String reason) {

  public SourceStatus(String source, String state, long since) {
    this(source, state, since, null);
  }

  /** Whether a client that knows the other one learns something by this. */
  public boolean isNewsAfter(SourceStatus other) {
    return !state.equals(other.state) || !Objects.equals(reason, other.reason);
  }
}
