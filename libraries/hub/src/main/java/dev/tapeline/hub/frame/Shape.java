package dev.tapeline.hub.frame;

import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Patch;
import java.util.Locale;

/**
 * One way to write publications on the wire: a protocol and its envelope. Equal ones are one: rings
 * keep one log of frames for each that has readers, so a client may not make as many as it likes.
 */
public interface Shape {

  /** The writer for one channel, which may keep what all its frames share. */
  Envelope envelope(String channel);

  /**
   * Whether a subscription in mode {@code all} ends with the frame of a gap or of an epoch, so that
   * the client has to ask for the channel again.
   */
  default boolean endsAtLoss() {
    return false;
  }

  /**
   * Whether a publication comes as what has changed since the one before, where that is shorter.
   * Whoever reads such a shape starts from a snapshot, and gets another one after each loss.
   */
  default boolean isDelta() {
    return false;
  }

  /** The same with each publication whole. */
  default Shape whole() {
    return this;
  }

  /** Writes the frames of one channel. Its methods may be called from any thread. */
  interface Envelope {

    Frame data(Message message);

    /** The frame of several publications merged into the newest: from this number on. */
    Frame merged(Message newest, long from, MergeReason reason);

    /**
     * The same two as what has changed, in a shape with deltas.
     *
     * @param from the number of the newest, or of the first that was merged into it
     */
    default Frame delta(Message newest, long from, MergeReason reason, Patch patch) {
      return from == newest.seq() ? data(newest) : merged(newest, from, reason);
    }

    Frame snapshot(Message message);

    Frame gap(long from, long to, GapReason reason);

    /**
     * Tells what a subscription gives from now on, other than what was asked for, or that again.
     *
     * @param held whether it gives nothing until the client keeps up
     */
    default Frame mode(Options now, boolean held, ModeReason reason) {
      return Frame.NONE;
    }

    /** Tells that numbers begin anew. */
    Frame epoch(String epoch, long seq, EpochReason reason);

    /**
     * The text of a data, snapshot or gap frame, completed by what a client needs that gets its
     * first frame of a channel because a pattern matched.
     */
    Frame announced(byte[] text, String pattern, String epoch);
  }

  /** Why publications were merged. */
  enum MergeReason {
    RATE,
    SLOW;

    public String text() {
      return this == RATE ? "rate" : "slow";
    }
  }

  /** Why publications are missing. */
  enum GapReason {
    /** The client was too slow. */
    SLOW,

    /** Ring and log have moved on. */
    OVERRUN;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why a subscription gives something else than before. */
  enum ModeReason {
    /** The client does not keep up. */
    SLOW,

    /** It keeps up again. */
    RECOVERED;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why numbers begin anew. */
  enum EpochReason {
    /** This node may have missed something. */
    UPSTREAM,

    /** The log of a durable channel began anew. */
    RESTART,

    /** This node needed the memory for others. */
    EVICTED;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
