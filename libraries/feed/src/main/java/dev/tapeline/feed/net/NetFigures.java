package dev.tapeline.feed.net;

import java.util.Map;

/**
 * How much a live feed has done so far.
 *
 * @param frames messages that its session got
 * @param bytes in these messages
 * @param stale arrivals of sockets that had been closed or replaced; thrown away
 * @param waits how often a socket or an answer had to wait because the inbox was full
 * @param mostWaiting the greatest number of arrivals that have waited for the session at once
 * @param waitingCalls calls that wait for their budgets now
 * @param faults bad input by its kind
 */
public record NetFigures(
    long frames,
    long bytes,
    long stale,
    long waits,
    int mostWaiting,
    int waitingCalls,
    Map<String, Long> faults) {

  public NetFigures {
    faults = Map.copyOf(faults);
  }
}
