package dev.tapeline.market.volatility.study;

import java.util.concurrent.CompletableFuture;

/** Knows the volatilities at the money of earlier days. */
@FunctionalInterface
public interface VolatilityHistory {

  /** Knows none. */
  VolatilityHistory NONE = (_, _) -> CompletableFuture.completedFuture(new double[0]);

  /**
   * Asks for the volatilities of 30 days of an underlying at the end of the days before a time.
   * Never waits; called on the market's thread. The answer comes on any thread: the last 252 days
   * that are known, the newest last, in percent a year. It fails if they can't be read now.
   *
   * @param before epoch ms UTC, the beginning of a day of UTC
   */
  CompletableFuture<double[]> volatilities(String underlying, long before);
}
