package dev.tapeline.redis.receive;

import dev.tapeline.core.Selector;

/**
 * One span of wanting a selector, from a subscribe to the unsubscribe that takes it back. Wanting
 * the same selector again is another subscription.
 */
final class BusSubscription {

  /** How much of a subscription has been confirmed. */
  enum Confirmed {
    PARTLY,
    WHOLE
  }

  private static final long NEVER = Long.MAX_VALUE;

  private final Selector selector;
  private final long bornAt;
  private volatile long droppedAt = NEVER;
  private boolean begun;
  private int parts;

  /**
   * @param bornAt its place among all beginnings and ends of subscriptions
   */
  BusSubscription(Selector selector, long bornAt) {
    this.selector = selector;
    this.bornAt = bornAt;
  }

  Selector selector() {
    return selector;
  }

  boolean isWanted() {
    return droppedAt == NEVER;
  }

  void drop(long step) {
    droppedAt = step;
  }

  long droppedAt() {
    return droppedAt;
  }

  /** Whether it was wanted when the other one was dropped, and longer. */
  boolean isThereAtEndOf(BusSubscription dropped) {
    return bornAt < dropped.droppedAt && droppedAt > dropped.droppedAt;
  }

  /** In how many ways it is asked for: on plain channels, on durable ones. */
  void expect(int count) {
    parts = count;
  }

  /** Takes note that one of these ways has been confirmed. */
  Confirmed confirmPart() {
    return --parts == 0 ? Confirmed.WHOLE : Confirmed.PARTLY;
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
