package dev.tapeline.protocols.spi;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.message.Message;

/**
 * The encoder of a protocol without sequence numbers. Such a protocol has one form of frame and
 * can't report loss.
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

  /** No frame, unless the protocol overrides this to announce a new epoch. */
  @Override
  public Frame epoch(String epoch, long seq, Envelope.EpochReason reason) {
    return Frame.NONE;
  }

  @Override
  public final Frame announced(byte[] dataText, String pattern, String epoch) {
    return Frame.of(dataText);
  }
}
