package dev.tapeline.feed;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The status of a feed.
 *
 * @param source the name of the feed
 * @param since when the state began, epoch ms UTC
 * @param reason the reason in words for everybody, where it is known
 */
public record FeedStatus(String source, State state, long since, @Nullable String reason) {

  public FeedStatus(String source, State state, long since) {
    this(source, state, since, null);
  }

  /** The origin of the data now, or the reason why there is none. */
  public enum State {
    /** A recording is played. */
    REPLAY,
    /** Simulated data is sent. */
    SIMULATED,
    LIVE,
    /** The feed should send, but can't. */
    DOWN,
    /**
     * The feed sends nothing: outside of trading hours, at the end of a recording, or before its
     * start.
     */
    CLOSED;

    /** The state as it is written in a {@code status} frame. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
