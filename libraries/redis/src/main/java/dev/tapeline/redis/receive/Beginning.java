package dev.tapeline.redis.receive;

import dev.tapeline.core.Publication;
import java.util.ArrayList;
import java.util.List;

/**
 * An interest that has not begun yet: it waits for an answer of each partition that can have
 * channels of it, over however many connections that takes. Owned by the thread that delivers.
 */
final class Beginning {

  /** What is called when an interest has begun: with the newest publications. */
  interface Begun {
    void begun(Interest interest, List<Publication> newest);
  }

  /** What was the newest of a channel, which others may have followed meanwhile. */
  record Newest(Track track, Publication publication) {

    boolean isStill() {
      return track.position().equals(publication.position());
    }
  }

  private final Interest interest;
  private final Begun callback;
  private final List<Newest> newest = new ArrayList<>();
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
  void answered(List<Newest> some) {
    newest.addAll(some);
    if (--left == 0) {
      callback.begun(
          interest, newest.stream().filter(Newest::isStill).map(Newest::publication).toList());
    }
  }
}
