package dev.tapeline.protocols.spi;

import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Shape;
import dev.tapeline.hub.message.Message;

/** The envelope of a protocol without numbers: it has one form of frame and no word for loss. */
public abstract class NumberlessEnvelope implements Shape.Envelope {

  @Override
  public final Frame merged(Message newest, long from, Shape.MergeReason reason) {
    return data(newest);
  }

  @Override
  public final Frame snapshot(Message message) {
    return data(message);
  }

  @Override
  public final Frame gap(long from, long to, Shape.GapReason reason) {
    return Frame.NONE;
  }

  /** Nothing, unless the protocol has a way to begin anew. */
  @Override
  public Frame epoch(String epoch, long seq, Shape.EpochReason reason) {
    return Frame.NONE;
  }

  @Override
  public final Frame announced(byte[] dataText, String pattern, String epoch) {
    return Frame.of(dataText);
  }
}
