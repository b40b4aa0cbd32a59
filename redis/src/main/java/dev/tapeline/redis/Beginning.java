package dev.tapeline.redis;

import dev.tapeline.core.Publication;
import java.util.List;

/**
 * An interest that has not begun yet: it waits for an answer of each partition that can have
 * channels of it, over however many connections that takes. Owned by the thread that delivers.
 */
final class Beginning {

  /** What is called when an interest has begun: with the newest publication of its channel. */
  interface Begun {
    void begun(Interest interest, List<Publication> newest);
  }

  private final Interest interest;
  private final Begun callback;
  private int left;

  /**
   * @param partitions how many are asked
   */
  Beginning(Interest interest, int partitions, Begun callback) {
    this.interest = interest;
    this.left = partitions;
    this.callback = callback;
  }

  Interest interest() {
    return interest;
  }

  /** A partition delivers what it has of the interest from here on. */
  void answered(List<Publication> newest) {
    if (--left == 0) {
      callback.begun(interest, newest);
    }
  }
}
