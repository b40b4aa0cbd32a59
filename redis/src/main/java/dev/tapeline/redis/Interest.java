package dev.tapeline.redis;

import dev.tapeline.core.Selector;

/**
 * One span of wanting a selector, from a subscribe to the unsubscribe that takes it back. Wanting
 * the same selector again is another interest.
 */
final class Interest {

  private final Selector selector;
  private volatile boolean wanted = true;
  private boolean begun;
  private int parts;

  Interest(Selector selector) {
    this.selector = selector;
  }

  Selector selector() {
    return selector;
  }

  boolean isWanted() {
    return wanted;
  }

  void drop() {
    wanted = false;
  }

  /** In how many ways it is asked for: on plain channels, on durable ones. */
  void expect(int count) {
    parts = count;
  }

  /** One of them has been confirmed; returns whether it was the last. */
  boolean isLastPart() {
    return --parts == 0;
  }

  /** Whether what it matches has been delivered from some point of this session's stream on. */
  boolean hasBegun() {
    return begun;
  }

  /** Only called by the thread that delivers. */
  void setBegun(boolean begun) {
    this.begun = begun;
  }
}
