package dev.tapeline.redis.receive;

/**
 * What the last broadcast or answer of a partition told of the partition itself; tells whether
 * others came in between. Owned by the thread that delivers.
 */
final class LastBroadcast {

  private String epoch = "";
  private String adopter = "";
  private long n;
  private boolean known;

  /** Whether it is of the connection that there is. */
  boolean isKnown() {
    return known;
  }

  /** The newest epoch that was told, on whichever connection. */
  String epoch() {
    return epoch;
  }

  void note(Broadcast broadcast) {
    epoch = broadcast.epoch();
    adopter = broadcast.adopter();
    n = broadcast.n();
    known = true;
  }

  /** Others may come that are not heard. */
  void forget() {
    known = false;
  }

  /** Whether the partition goes on in the same life. */
  boolean isInLifeOf(Broadcast broadcast) {
    return epoch.equals(broadcast.epoch()) && adopter.equals(broadcast.adopter());
  }

  /** Whether this is the next broadcast, and holds all that has changed. */
  boolean isFollowedBy(Broadcast broadcast) {
    return isInLifeOf(broadcast) && broadcast.n() == n + 1 && !broadcast.items().isEmpty();
  }

  /** Whether nothing has happened up to this answer. */
  boolean isStillLast(Broadcast broadcast) {
    return isInLifeOf(broadcast) && broadcast.n() == n;
  }
}
