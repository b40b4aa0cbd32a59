package dev.tapeline.redis.demand;

/** Another node, as far as its wishes are known here. Owned by the thread of the demand. */
final class FollowedNode {

  private final String name;
  private final long expiryMillis;
  private long toldMillis;
  private long silentMillis;
  private long seq;
  private boolean stale = true;
  private boolean reading;

  FollowedNode(String name, DemandPace pace) {
    this.name = name;
    this.expiryMillis = pace.expiry().toMillis();
  }

  String name() {
    return name;
  }

  /**
   * Notes its entry in the register.
   *
   * @return whether it has told something since
   */
  boolean see(RegisterEntry entry) {
    boolean alive = entry.millis() != toldMillis;
    toldMillis = entry.millis();
    silentMillis = alive ? 0 : silentMillis;
    return alive;
  }

  /**
   * It has been silent for so much longer.
   *
   * @return whether it counts as dead from now on
   */
  boolean silentFor(long millis) {
    boolean before = isDead();
    silentMillis += millis;
    return isDead() && !before;
  }

  boolean isDead() {
    return silentMillis >= expiryMillis;
  }

  /** The number of the last change that is known. */
  long seq() {
    return seq;
  }

  /** Whether there are changes to read; what an older state of Redis says is none. */
  boolean isBehind(RegisterEntry entry) {
    return entry.isWhole()
        && !isDead()
        && !reading
        && (stale ? entry.seq() >= seq : entry.seq() > seq);
  }

  /** Whether all of its wishes have to be read. */
  boolean isStale(RegisterEntry entry) {
    return stale || seq < entry.first();
  }

  /** Its wishes are being read. */
  void begin() {
    reading = true;
  }

  /** They have been read up to this change. */
  void finish(long newest) {
    reading = false;
    stale = false;
    seq = newest;
  }

  /** They could not be read; they are read again. */
  void giveUp() {
    reading = false;
  }

  /** Whether nothing of it is known, or not all. */
  boolean isForgotten() {
    return stale;
  }

  /** Nothing of it is known any more, or not all. */
  void forget() {
    stale = true;
  }
}
