package dev.tapeline.feed;

import java.util.Map;

/**
 * How much a feed has done so far on the network.
 *
 * @param opened sockets that were opened
 * @param ended sockets that ended by themselves, were refused, or could not be opened
 * @param frames messages that its session got
 * @param bytes in these messages
 * @param stale arrivals of sockets that had been closed or replaced; thrown away
 * @param waits how often a socket or an answer had to wait because the inbox was full
 * @param mostWaiting the greatest number of arrivals that have waited for the session at once
 * @param lagMillis how long the newest message of the session had waited for it
 * @param waitingCalls calls that wait for their budgets now
 * @param faults bad input by its kind
 */
public record FeedFigures(
    long opened,
    long ended,
    long frames,
    long bytes,
    long stale,
    long waits,
    int mostWaiting,
    long lagMillis,
    int waitingCalls,
    Map<String, Long> faults) {

  /** Those of a feed that has not begun. */
  public static final FeedFigures NONE = new FeedFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

  public FeedFigures {
    faults = Map.copyOf(faults);
  }
}
