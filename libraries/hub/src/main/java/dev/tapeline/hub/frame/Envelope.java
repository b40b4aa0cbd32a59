package dev.tapeline.hub.frame;

import java.util.Locale;

/**
 * The form that a protocol gives to publications. Rings keep one log of frames for each envelope
 * with readers, and equal envelopes share it. So the number of envelopes that clients can make must
 * be limited.
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
   * Whether a publication contains only the changes since the one before, where that is shorter.
   * Readers start from a snapshot, and get another one after each loss.
   */
  default boolean isDelta() {
    return false;
  }

  /** The same envelope without deltas. */
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

  /** Why the mode of a subscription has changed. */
  enum ModeReason {
    /** The client does not keep up. */
    SLOW,

    /** The client keeps up again. */
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
