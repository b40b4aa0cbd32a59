package dev.tapeline.chaos.history;

import dev.tapeline.core.Position;
import org.jspecify.annotations.Nullable;

/** The position of a client in a channel on one connection, from its frames. */
final class Cursor {

  /** The next expected kind of frame. */
  enum Phase {
    /** The client has asked. */
    ASKED,
    /** The answer had no position: an epoch comes first. */
    PENDING,
    /** The publications of a recovery come. */
    RECOVERING,
    /** Nothing has come since the answer, the snapshot or the recovery. */
    SEAM,
    LIVE
  }

  final boolean byPattern;
  final @Nullable Position recover;
  boolean latest;
  Phase phase;
  @Nullable String epoch;
  long seq;

  /** Where the recovery ends. */
  long recoverTo;

  /** Whether a gap was the last that came, behind which a snapshot may jump ahead. */
  boolean afterGap;

  /** The last numbers that were left out. */
  long holeFrom;

  long holeTo;

  /** The newest payload that the client has. */
  String digest = "";

  long line;

  private Cursor(boolean byPattern, boolean latest, @Nullable Position recover, Phase phase) {
    this.byPattern = byPattern;
    this.latest = latest;
    this.recover = recover;
    this.phase = phase;
  }

  static Cursor asked(Event.Asked event, boolean pattern) {
    return new Cursor(pattern, event.latest(), event.recover(), Phase.ASKED);
  }

  /** The cursor of a channel that a pattern matched, or that was not asked for. */
  static Cursor announced(boolean latest) {
    return new Cursor(false, latest, null, Phase.PENDING);
  }

  void place(@Nullable String newEpoch, long newSeq, Phase next) {
    epoch = newEpoch;
    seq = newSeq;
    phase = next;
    holeFrom = 0;
    holeTo = -1;
  }

  void recovering(Position from, long to) {
    boolean nothingMissed = from.seq() >= to;
    place(from.epoch(), from.seq(), nothingMissed ? Phase.SEAM : Phase.RECOVERING);
    recoverTo = to;
  }

  boolean isPlaced() {
    return phase != Phase.ASKED && phase != Phase.PENDING;
  }

  /** Advances to a number, even if it was not the expected one. */
  void advance(long to) {
    seq = Math.max(seq, to);
    if (phase == Phase.RECOVERING) {
      phase = seq >= recoverTo ? Phase.SEAM : Phase.RECOVERING;
    } else {
      phase = Phase.LIVE;
    }
  }

  void leaveOut(long from, long to) {
    holeFrom = from;
    holeTo = to;
  }

  boolean wasLeftOut(long number) {
    return holeFrom <= number && number <= holeTo;
  }

  String epochText() {
    return epoch == null ? "?" : epoch;
  }
}
