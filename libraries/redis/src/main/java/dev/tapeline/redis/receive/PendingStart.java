package dev.tapeline.redis.receive;

import dev.tapeline.core.Publication;
import java.util.ArrayList;
import java.util.List;

/**
 * A subscription that has not begun yet. It waits for an answer of each partition that can have
 * channels of it, over any number of connections. Owned by the thread that delivers.
 */
final class PendingStart {

  /** Called when a subscription has begun, with the newest publications of its channels. */
  interface Begun {
    void begun(BusSubscription subscription, List<Publication> newest);
  }

  /** The newest publication of a channel at the time of the answer. */
  record Newest(ChannelOffset offset, Publication publication) {

    boolean isStill() {
      return offset.position().equals(publication.position());
    }
  }

  private final BusSubscription subscription;
  private final Begun callback;
  private final List<Newest> newest = new ArrayList<>();
  private int left;

  /**
   * @param partitions how many are asked
   */
  PendingStart(BusSubscription subscription, int partitions, Begun callback) {
    this.subscription = subscription;
    this.left = partitions;
    this.callback = callback;
  }

  BusSubscription subscription() {
    return subscription;
  }

  /** Records that a partition delivers its channels from here on. */
  void answered(List<Newest> some) {
    newest.addAll(some);
    if (--left == 0) {
      callback.begun(
          subscription, newest.stream().filter(Newest::isStill).map(Newest::publication).toList());
    }
  }
}
