package dev.tapeline.protocols.centrifugo;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.Envelope.EpochReason;
import dev.tapeline.hub.frame.Envelope.MergeReason;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.OneLine;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Payload;
import dev.tapeline.protocols.spi.NumberlessEncoder;

/**
 * The envelope of the protocol's pushes.
 *
 * <pre>
 * {"push":{"channel":C,"pub":{"data":D[,"offset":N]}}}
 * {"push":{"channel":C,"unsubscribe":{"code":2500,"reason":"insufficient state"}}}
 * </pre>
 *
 * The protocol can't report loss. With offsets, a loss ends the subscription, and the client
 * subscribes again from its position.
 */
enum PublicationEnvelope implements Envelope {
  /** Pushes without offsets: loss is not reported. */
  PLAIN {
    @Override
    public EnvelopeEncoder encoder(String channel) {
      return new Plain(new Writer(channel));
    }
  },

  NUMBERED {
    @Override
    public EnvelopeEncoder encoder(String channel) {
      return new Numbered(new Writer(channel));
    }

    @Override
    public boolean endsAtLoss() {
      return true;
    }
  };

  private static final class Writer {

    private static final byte[] PUSH = ascii("{\"push\":{\"channel\":");
    private static final byte[] END = ascii("}}}");

    private final byte[] publication;
    private final byte[] insufficientState;

    private Writer(String channel) {
      byte[] name = Payload.quoted(channel);
      publication = Frame.of(PUSH, name, ascii(",\"pub\":{\"data\":")).text();
      insufficientState =
          Frame.of(
                  PUSH,
                  name,
                  ascii(",\"unsubscribe\":{\"code\":2500,\"reason\":\"insufficient state\"}}}"))
              .text();
    }

    private Frame plain(Message m) {
      return Frame.of(publication, OneLine.of(m.payload().json()), END);
    }

    private Frame numbered(Message m) {
      byte[] offset = ascii(",\"offset\":" + m.seq());
      return Frame.of(publication, OneLine.of(m.payload().json()), offset, END);
    }

    private Frame insufficientState() {
      return Frame.of(insufficientState);
    }
  }

  private static final class Plain extends NumberlessEncoder {

    private final Writer writer;

    private Plain(Writer writer) {
      this.writer = writer;
    }

    @Override
    public Frame data(Message m) {
      return writer.plain(m);
    }
  }

  private record Numbered(Writer writer) implements EnvelopeEncoder {

    @Override
    public Frame data(Message m) {
      return writer.numbered(m);
    }

    @Override
    public Frame merged(Message newest, long from, MergeReason reason) {
      return data(newest);
    }

    @Override
    public Frame snapshot(Message m) {
      return data(m);
    }

    @Override
    public Frame gap(long from, long to) {
      return writer.insufficientState();
    }

    @Override
    public Frame epoch(String epoch, long seq, EpochReason reason) {
      return writer.insufficientState();
    }

    @Override
    public Frame announced(byte[] text, String pattern, String epoch) {
      return Frame.of(text);
    }
  }
}
