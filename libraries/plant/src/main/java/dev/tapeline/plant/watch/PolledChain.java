package dev.tapeline.plant.watch;

import org.jspecify.annotations.Nullable;

/**
 * An option chain that a source polls.
 *
 * @param symbol of the underlying
 * @param expiry as an ISO date
 * @param source the name of the source
 * @param interval the interval that was asked for, in milliseconds; 0 if nobody asked for one
 * @param effectiveInterval the interval that the vendor's limits leave, in milliseconds
 * @param lastSuccess when the newest answer was received, epoch ms UTC; 0 before the first
 * @param failures the calls without a good answer, since this node began to poll the chain
 * @param stale whether the newest answer is older than three intervals
 * @param lastProblem what the newest failure was; null if there was none
 */
public record PolledChain(
    String symbol,
    String expiry,
    String source,
    long interval,
    long effectiveInterval,
    long lastSuccess,
    long failures,
    boolean stale,
    @Nullable String lastProblem) {

  /** The shortest interval that vendors allow for one chain. */
  public static final long LEAST_INTERVAL_MILLIS = 3_000;

  /** The same with the interval that was asked for. */
  PolledChain ofInterval(long asked) {
    return new PolledChain(
        symbol,
        expiry,
        source,
        asked,
        effectiveInterval,
        lastSuccess,
        failures,
        stale,
        lastProblem);
  }
}
