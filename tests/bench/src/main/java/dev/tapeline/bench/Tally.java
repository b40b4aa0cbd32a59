package dev.tapeline.bench;

/** The counts of a group of subscribers. Owned by the subscribers' thread. */
final class Tally {

  /** WebSocket frames of any kind. */
  long frames;

  long bytes;
  long reads;

  /** Publications that came, each in a frame of its own or as the newest of a merged one. */
  long deliveries;

  /** Publications merged into a newer one. */
  long merged;

  /** Numbers that were left out silently. */
  long missing;

  /** Publications that the publisher counted and the server never numbered. */
  long lostBefore;

  /** Publications that came late, twice, or with numbers that don't add up. */
  long disorder;

  /** Gaps that were reported, and the number of publications that they cover. */
  long gaps;

  long gapMessages;

  /** The number of new epochs. */
  long epochs;

  /** Frames that could not be read. */
  long unreadable;

  /** Connections that ended. */
  long closed;

  Tally copy() {
    Tally copy = new Tally();
    copy.add(this);
    return copy;
  }

  void add(Tally other) {
    frames += other.frames;
    bytes += other.bytes;
    reads += other.reads;
    deliveries += other.deliveries;
    merged += other.merged;
    missing += other.missing;
    lostBefore += other.lostBefore;
    disorder += other.disorder;
    gaps += other.gaps;
    gapMessages += other.gapMessages;
    epochs += other.epochs;
    unreadable += other.unreadable;
    closed += other.closed;
  }
}
