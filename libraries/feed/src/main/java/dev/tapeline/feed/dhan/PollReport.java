package dev.tapeline.feed.dhan;

import dev.tapeline.market.instrument.ChainKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How the polling of option chains goes. Written by the thread of the feed, read by any. */
public final class PollReport {

  private final Map<ChainKey, Chain> chains = new ConcurrentHashMap<>();

  /**
   * One chain. Times are epoch ms; 0 before there was one.
   *
   * @param lastSuccess when its last good answer came
   * @param interval the time between its last two good answers, in ms; 0 before there are two
   * @param answers the good answers so far
   * @param unchanged those with the same prices and open interest as the one before
   * @param failures the calls without a good answer
   * @param lastProblem why the last of these failed; null if none has
   * @param lastFailure when
   */
  public record Chain(
      long lastSuccess,
      long interval,
      long answers,
      long unchanged,
      long failures,
      @Nullable String lastProblem,
      long lastFailure) {

    static final Chain NEW = new Chain(0, 0, 0, 0, 0, null, 0);

    Chain succeeded(long now, boolean same) {
      return new Chain(
          now,
          lastSuccess == 0 ? 0 : now - lastSuccess,
          answers + 1,
          unchanged + (same ? 1 : 0),
          failures,
          lastProblem,
          lastFailure);
    }

    Chain failed(String problem, long now) {
      return new Chain(lastSuccess, interval, answers, unchanged, failures + 1, problem, now);
    }
  }

  /** The chains that are polled now. */
  public Map<ChainKey, Chain> chains() {
    return Map.copyOf(chains);
  }

  void retain(Set<ChainKey> wanted) {
    chains.keySet().retainAll(wanted);
    wanted.forEach(chain -> chains.putIfAbsent(chain, Chain.NEW));
  }

  Chain of(ChainKey chain) {
    return chains.getOrDefault(chain, Chain.NEW);
  }

  void succeeded(ChainKey chain, long now, boolean same) {
    chains.computeIfPresent(chain, (_, before) -> before.succeeded(now, same));
  }

  void failed(ChainKey chain, String problem, long now) {
    chains.computeIfPresent(chain, (_, before) -> before.failed(problem, now));
  }
}
