package dev.tapeline.feed;

import java.util.Locale;

/**
 * How a feed is.
 *
 * @param source which feed
 * @param since when the state began, epoch ms UTC
 */
public record FeedStatus(String source, State state, long since) {

  /** Where the data comes from now, or why none comes. */
  public enum State {
    /** A recording is played. */
    REPLAY,
    /** Invented data. */
    SIMULATED,
    LIVE,
    /** It should send, and can't. */
    DOWN,
    /** Outside of trading hours, at the end of a recording, or not started. */
    CLOSED;

    /** As in a {@code status} frame. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
