package dev.tapeline.store.history;

import dev.tapeline.market.bar.Frame;
import java.util.Set;

/**
 * What is recorded.
 *
 * @param frames the frames of which closed bars are kept
 * @param ticks whether trades and values of indices are kept
 * @param chains whether snapshots of option chains are kept
 * @param maxRows the most rows that wait for the store: so many ticks, and so many of all others.
 *     Snapshots of chains have a limit of their own, in bytes
 */
public record RecorderRules(
    Set<Frame> frames, boolean ticks, boolean chains, int maxRows, Retention retention) {

  /** The most bytes of snapshots of chains that wait for the store: about 280 of 100 strikes. */
  public static final int MAX_CHAIN_BYTES = 32 << 20;

  public RecorderRules {
    frames = Set.copyOf(frames);
  }
}
