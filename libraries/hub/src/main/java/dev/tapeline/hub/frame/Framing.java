package dev.tapeline.hub.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;

/**
 * How the messages of one connection are put on its wire. Rings keep the frames of a channel in
 * each framing that is read, so that all connections of one kind share the bytes. Used by all
 * threads.
 */
public enum Framing {
  /** Each message is a WebSocket text message. */
  MESSAGES {
    @Override
    EncodedFrame packed(Frame frame) {
      return EncodedFrame.around(WebSocketHeader.of(frame.length(), false), frame, NOTHING);
    }

    @Override
    public byte[] textOf(ByteBuf packed) {
      return WebSocketHeader.skip(packed);
    }
  },

  /** Text messages, each compressed for itself (RFC 7692 without a context), unless it is short. */
  COMPRESSED {
    @Override
    EncodedFrame packed(Frame frame) {
      return compressed(frame, Deflated.WHOLE);
    }

    @Override
    public byte[] textOf(ByteBuf packed) {
      return decompressed(packed);
    }
  },

  /** Compressed messages for clients with a window of 256 bytes. */
  COMPRESSED_NARROW {
    @Override
    EncodedFrame packed(Frame frame) {
      return compressed(frame, Deflated.NARROWEST);
    }

    @Override
    public byte[] textOf(ByteBuf packed) {
      return decompressed(packed);
    }
  },

  /** Each message is a line; the lines of one write are one WebSocket text message. */
  LINES {
    @Override
    EncodedFrame packed(Frame frame) {
      return EncodedFrame.around(NOTHING, OneLine.of(frame), LINE_END);
    }

    @Override
    public byte[] textOf(ByteBuf packed) {
      return ByteBufUtil.getBytes(packed, packed.readerIndex(), packed.readableBytes() - 1);
    }

    @Override
    public byte[] before(int bytes) {
      return WebSocketHeader.of(bytes, false);
    }
  },

  /** Each message is the data of a server-sent event. */
  EVENTS {
    @Override
    EncodedFrame packed(Frame frame) {
      return EncodedFrame.around(EVENT_BEGIN, OneLine.of(frame), EVENT_END);
    }

    @Override
    public byte[] textOf(ByteBuf packed) {
      byte[] event = ByteBufUtil.getBytes(packed);
      return Arrays.copyOfRange(event, EVENT_BEGIN.length, event.length - EVENT_END.length);
    }
  };

  private static final byte[] NOTHING = {};
  private static final byte[] LINE_END = {'\n'};
  private static final byte[] EVENT_BEGIN = "data: ".getBytes(US_ASCII);
  private static final byte[] EVENT_END = {'\n', '\n'};

  /** Below this, compression saves little. */
  static final int LEAST_COMPRESSED = 512;

  public final EncodedFrame pack(Frame frame) {
    return frame.isNothing() ? EncodedFrame.NOTHING : packed(frame);
  }

  abstract EncodedFrame packed(Frame frame);

  /** The text of the one frame in the buffer. */
  public abstract byte[] textOf(ByteBuf packed);

  /** The bytes in front of the frames of one write. */
  public byte[] before(int bytes) {
    return NOTHING;
  }

  private static EncodedFrame compressed(Frame frame, int reach) {
    int length = frame.length();
    if (length < LEAST_COMPRESSED) {
      return MESSAGES.packed(frame);
    }
    byte[] deflated = Deflated.of(frame.text(), reach);
    return deflated.length < length
        ? EncodedFrame.of(WebSocketHeader.of(deflated.length, true), deflated)
        : MESSAGES.packed(frame);
  }

  private static byte[] decompressed(ByteBuf packed) {
    boolean compressed = WebSocketHeader.isCompressed(packed);
    byte[] payload = WebSocketHeader.skip(packed);
    return compressed ? Deflated.inflate(payload) : payload;
  }
}
