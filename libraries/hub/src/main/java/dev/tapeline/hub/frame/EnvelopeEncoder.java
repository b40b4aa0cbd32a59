package dev.tapeline.hub.frame;

import dev.tapeline.hub.frame.Envelope.EpochReason;
import dev.tapeline.hub.frame.Envelope.MergeReason;
import dev.tapeline.hub.frame.Envelope.ModeReason;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Patch;

/** Writes the frames of one channel. Its methods may be called from any thread. */
public interface EnvelopeEncoder {

  Frame data(Message message);

  /** The frame of several publications merged into the newest: from this number on. */
  Frame merged(Message newest, long from, MergeReason reason);

  /**
   * A data or merged frame with the changes only, in an envelope with deltas.
   *
   * @param from the number of the newest message, or of the first that was merged into it
   */
  default Frame delta(Message newest, long from, MergeReason reason, Patch patch) {
    return from == newest.seq() ? data(newest) : merged(newest, from, reason);
  }

  Frame snapshot(Message message);

  /** Tells that these numbers are lost to the client: ring and log have moved on. */
  Frame gap(long from, long to);

  /**
   * Tells the mode of a subscription from now on: another one than was asked for, or that one
   * again.
   *
   * @param held whether the subscription gives nothing until the client keeps up
   */
  default Frame mode(Options now, boolean held, ModeReason reason) {
    return Frame.NONE;
  }

  /** Tells that numbers begin anew. */
  Frame epoch(String epoch, long seq, EpochReason reason);

  /**
   * The text of a data, snapshot or gap frame with an announcement: the first frame of a channel
   * that a pattern matched.
   */
  Frame announced(byte[] text, String pattern, String epoch);
}
