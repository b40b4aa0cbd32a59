package dev.tapeline.redis.receive;

import dev.tapeline.core.Selector;

/**
 * One subscription at the bus, from a subscribe to the unsubscribe that ends it. Subscribing to the
 * same selector again makes another subscription.
 */
final class BusSubscription {

  /** Whether some or all parts of a subscription have been confirmed. */
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
   * @param bornAt its rank among all subscribes and unsubscribes
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

  /** Whether this subscription began before the other one was dropped, and lasted longer. */
  boolean isThereAtEndOf(BusSubscription dropped) {
    return bornAt < dropped.droppedAt && droppedAt > dropped.droppedAt;
  }

  /**
   * Sets the number of parts to be confirmed: plain channels and durable channels are one part
   * each.
   */
  void expect(int count) {
    parts = count;
  }

  /** Records that one part has been confirmed. */
  Confirmed confirmPart() {
    return --parts == 0 ? Confirmed.WHOLE : Confirmed.PARTLY;
  }

  /** Whether its messages are delivered in this session. */
  boolean hasBegun() {
    return begun;
  }

  /** Only the thread that delivers may call. */
  void setBegun(boolean begun) {
    this.begun = begun;
  }
}
