package dev.tapeline.chaos.history;

/** A way to break a law of the architecture. */
public enum Breach {
  /** Numbers were left out and never told to be missing. */
  LOST(1),
  /** A number came a second time. */
  DOUBLED(1),
  /** A number came after a higher one. */
  DISORDERED(1),
  /** A gap that doesn't begin where the client stands. */
  WRONG_GAP(1),
  /** The channel went on in another epoch, or at another number, than the client was told. */
  SILENT_EPOCH(1),
  /** The subscription did not come back to life, or its newest publication never came. */
  NOT_LIVE(2),
  /** A merged frame doesn't begin where the client stands, or doesn't add up. */
  WRONG_MERGE(2),
  /** Something was merged in mode {@code all}. */
  MERGED_IN_ALL(2),
  /** A recovery that was granted brought a part only, or something else. */
  PARTIAL_RECOVERY(3),
  /** Something was lost between the answer, or its snapshot, and the first live publication. */
  SEAM_LOST(4),
  /** Something came again after the answer or its snapshot. */
  SEAM_DOUBLED(4),
  /** Bytes came that nobody had published on that channel. */
  ALTERED(5),
  /** A number of an epoch carried one payload here and another there. */
  NOT_THE_SAME(1),
  /** Two publications were given the same number, or one was given two. */
  NUMBER_TWICE(1),
  /** An acknowledged publication isn't at its position, though the epoch goes on. */
  ACKNOWLEDGED_LOST(1),
  /** A publication came that its publisher had been told was refused. */
  REFUSED_CAME(1);

  private final int law;

  Breach(int law) {
    this.law = law;
  }

  /** The number of the law in the architecture. */
  public int law() {
    return law;
  }
}
