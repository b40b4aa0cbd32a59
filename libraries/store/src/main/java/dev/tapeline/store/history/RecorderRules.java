package dev.tapeline.store.history;

import dev.tapeline.market.bar.Frame;
import java.util.Set;

/**
 * What is recorded.
 *
 * @param frames the frames of which closed bars are kept
 * @param ticks whether trades and values of indices are kept
 * @param maxRows the most rows that wait for the store: so many ticks, and so many of all others
 */
public record RecorderRules(Set<Frame> frames, boolean ticks, int maxRows, Retention retention) {

  public RecorderRules {
    frames = Set.copyOf(frames);
  }
}
