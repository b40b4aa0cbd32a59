package dev.tapeline.bench.subscriber;

/** The counts of a group of subscribers. Owned by the subscribers' thread. */
public final class Tally {

  /** WebSocket frames of any kind. */
  public long frames;

  public long bytes;
  public long reads;

  /** Publications that came, each in a frame of its own or as the newest of a merged one. */
  public long deliveries;

  /** Publications merged into a newer one. */
  public long merged;

  /** Numbers that were left out silently. */
  public long missing;

  /** Publications that the publisher counted and the server never numbered. */
  public long lostBefore;

  /** Publications that came late, twice, or with numbers that don't add up. */
  public long disorder;

  /** Gaps that were reported, and the number of publications that they cover. */
  public long gaps;

  public long gapMessages;

  /** The number of new epochs. */
  public long epochs;

  /** Frames that could not be read. */
  public long unreadable;

  /** Connections that ended. */
  public long closed;

  public Tally copy() {
    Tally copy = new Tally();
    copy.add(this);
    return copy;
  }

  public void add(Tally other) {
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
