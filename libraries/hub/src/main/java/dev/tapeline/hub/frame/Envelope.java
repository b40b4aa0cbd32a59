package dev.tapeline.hub.frame;

import java.util.Locale;

/**
 * What a protocol puts around publications. Rings keep one log of frames for each envelope with
 * readers; equal envelopes share it, so a client may not make as many as it likes.
 */
public interface Envelope {

  /** The encoder for one channel, which may keep what all its frames share. */
  EnvelopeEncoder encoder(String channel);

  /**
   * Whether a subscription in mode {@code all} ends with the frame of a gap or of an epoch, so that
   * the client has to ask for the channel again.
   */
  default boolean endsAtLoss() {
    return false;
  }

  /**
   * Whether a publication comes as what has changed since the one before, where that is shorter.
   * Its readers start from a snapshot, and get another one after each loss.
   */
  default boolean isDelta() {
    return false;
  }

  /** The same with each publication whole. */
  default Envelope whole() {
    return this;
  }

  /** Why publications were merged. */
  enum MergeReason {
    RATE,
    SLOW;

    public String text() {
      return this == RATE ? "rate" : "slow";
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
