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

  void note(Bulletin bulletin) {
    epoch = bulletin.epoch();
    adopter = bulletin.adopter();
    n = bulletin.n();
    known = true;
  }

  /** Others may come that are not heard. */
  void forget() {
    known = false;
  }

  /** Whether the partition goes on in the same life. */
  boolean isInLifeOf(Bulletin bulletin) {
    return epoch.equals(bulletin.epoch()) && adopter.equals(bulletin.adopter());
  }

  /** Whether this is the next broadcast, and holds all that has changed. */
  boolean isFollowedBy(Bulletin bulletin) {
    return isInLifeOf(bulletin) && bulletin.n() == n + 1 && !bulletin.items().isEmpty();
  }

  /** Whether nothing has happened up to this answer. */
  boolean isStillLast(Bulletin bulletin) {
    return isInLifeOf(bulletin) && bulletin.n() == n;
  }
}
