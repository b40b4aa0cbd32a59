package dev.tapeline.protocols.spi;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.message.Message;

/**
 * Writes the frames of a protocol without numbers, which has one form of frame and no word for
 * loss.
 */
public abstract class NumberlessEncoder implements EnvelopeEncoder {

  @Override
  public final Frame merged(Message newest, long from, Envelope.MergeReason reason) {
    return data(newest);
  }

  @Override
  public final Frame snapshot(Message message) {
    return data(message);
  }

  @Override
  public final Frame gap(long from, long to) {
    return Frame.NONE;
  }

  /** Nothing, unless the protocol has a way to begin anew. */
  @Override
  public Frame epoch(String epoch, long seq, Envelope.EpochReason reason) {
    return Frame.NONE;
  }

  @Override
  public final Frame announced(byte[] dataText, String pattern, String epoch) {
    return Frame.of(dataText);
  }
}
