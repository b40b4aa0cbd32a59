package dev.tapeline.hub.frame;

import dev.tapeline.hub.message.Message;
import java.nio.charset.StandardCharsets;

/** Frames that people can read, one line each. */
public enum TextEnvelope implements Envelope {
  INSTANCE;

  @Override
  public EnvelopeEncoder encoder(String channel) {
    return new TextEncoder();
  }

  /** What the frame of a publication says. */
  public static String data(long seq, String payload) {
    return seq + " " + payload;
  }

  private static Frame frame(String text) {
    return Frame.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Message message) {
    return new String(message.payload().json(), StandardCharsets.UTF_8);
  }

  private static final class TextEncoder implements EnvelopeEncoder {

    @Override
    public Frame data(Message message) {
      return frame(TextEnvelope.data(message.seq(), text(message)));
    }

    @Override
    public Frame merged(Message newest, long from, Envelope.MergeReason reason) {
      return frame("%d-%d %s".formatted(from, newest.seq(), text(newest)));
    }

    @Override
    public Frame snapshot(Message message) {
      return frame("snapshot %d %s".formatted(message.seq(), text(message)));
    }

    @Override
    public Frame gap(long from, long to) {
      return frame("gap %d-%d".formatted(from, to));
    }

    @Override
    public Frame mode(Options now, boolean held, Envelope.ModeReason reason) {
      return frame("mode %s, %s".formatted(held ? "held" : now.mode().text(), reason.text()));
    }

    @Override
    public Frame epoch(String epoch, long seq, Envelope.EpochReason reason) {
      return frame("epoch after %d, %s".formatted(seq, reason.text()));
    }

    @Override
    public Frame announced(byte[] text, String pattern, String epoch) {
      return frame(new String(text, StandardCharsets.UTF_8) + " by " + pattern);
    }
  }
}
