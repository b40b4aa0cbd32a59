package dev.tapeline.redis.receive;

/**
 * The number, epoch and adopter of a partition as its last broadcast or answer told them. Shows
 * whether broadcasts are missing between two others. Owned by the thread that delivers.
 */
final class LastBroadcast {

  private String epoch = "";
  private String adopter = "";
  private long n;
  private boolean known;

  /** Whether one has come over the present connection. */
  boolean isKnown() {
    return known;
  }

  /** The newest epoch that came over any connection. */
  String epoch() {
    return epoch;
  }

  void note(Broadcast broadcast) {
    epoch = broadcast.epoch();
    adopter = broadcast.adopter();
    n = broadcast.n();
    known = true;
  }

  /** Forgets the number, because broadcasts may be missed from here on. */
  void forget() {
    known = false;
  }

  /** Whether epoch and adopter are the same. */
  boolean isInLifeOf(Broadcast broadcast) {
    return epoch.equals(broadcast.epoch()) && adopter.equals(broadcast.adopter());
  }

  /** Whether this is the next broadcast, with publications. */
  boolean isFollowedBy(Broadcast broadcast) {
    return isInLifeOf(broadcast) && broadcast.n() == n + 1 && !broadcast.items().isEmpty();
  }

  /** Whether there was no broadcast before this answer. */
  boolean isStillLast(Broadcast broadcast) {
    return isInLifeOf(broadcast) && broadcast.n() == n;
  }
}
