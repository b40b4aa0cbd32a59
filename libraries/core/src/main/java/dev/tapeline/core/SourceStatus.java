package dev.tapeline.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The status of one source of data, such as Redis, a vendor or a recording.
 *
 * @param source its name, such as {@code redis}
 * @param state live, stale, down, closed, replay or simulated
 * @param since since when, epoch milliseconds UTC
 * @param reason the reason in words for everybody, where it is known
 */
public record SourceStatus(String source, String state, long since, @Nullable String reason) {

  public SourceStatus(String source, String state, long since) {
    this(source, state, since, null);
  }

  /** Whether this is news to a client that knows the other status. */
  public boolean isNewsAfter(SourceStatus other) {
    return !state.equals(other.state) || !Objects.equals(reason, other.reason);
  }
}
