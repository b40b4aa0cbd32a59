package dev.tapeline.gateway.listen.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import java.util.function.IntSupplier;

/**
 * Reads the heads of a WebSocket's frames, and refuses a message that is longer than the client may
 * send, before any of that frame is kept. Passes everything else on. Owned by the connection's
 * lane.
 */
final class MessageSizes extends ChannelInboundHandlerAdapter {

  private static final int LONGEST_HEAD = 10;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int CONTROL = 8;
  private static final int MASKED = 128;
  private static final int MASK_BYTES = 4;

  private final IntSupplier limit;
  private int headBytes;
  private int opcode;
  private int second;
  private long extended;
  private long frameRest;
  private long messageBytes;
  private boolean over;

  /**
   * @param limit the most bytes of a message, asked at each frame
   */
  MessageSizes(IntSupplier limit) {
    this.limit = limit;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (over) {
      bytes.release();
      return;
    }
    int end = fitting(bytes);
    if (!over) {
      ctx.fireChannelRead(bytes);
      return;
    }
    ctx.fireChannelRead(bytes.readRetainedSlice(end - bytes.readerIndex()));
    bytes.release();
    ctx.fireExceptionCaught(
        new TooLongFrameException("a message of more than " + limit.getAsInt() + " bytes"));
  }

  /** The end of the bytes that may be passed on. */
  private int fitting(ByteBuf bytes) {
    int frame = bytes.readerIndex();
    int at = frame;
    while (at < bytes.writerIndex()) {
      if (frameRest > 0) {
        int skipped = (int) Math.min(frameRest, bytes.writerIndex() - at);
        frameRest -= skipped;
        at += skipped;
      } else {
        frame = headBytes == 0 ? at : frame;
        takeOfHead(bytes.getUnsignedByte(at++));
        if (headBytes == headLength()) {
          headBytes = 0;
          beginFrame();
        }
        if (over) {
          return frame;
        }
      }
    }
    return at;
  }

  private void takeOfHead(int value) {
    switch (headBytes++) {
      case 0 -> opcode = value & 15;
      case 1 -> {
        second = value;
        extended = 0;
      }
      default -> extended = extended << 8 | value;
    }
  }

  private int headLength() {
    if (headBytes < 2) {
      return 2;
    }
    return switch (second & 127) {
      case TWO_BYTES -> 4;
      case EIGHT_BYTES -> LONGEST_HEAD;
      default -> 2;
    };
  }

  private void beginFrame() {
    long length = length();
    frameRest = length + ((second & MASKED) == 0 ? 0 : MASK_BYTES);
    if (opcode < CONTROL) {
      messageBytes = opcode == 0 ? messageBytes + length : length;
      over = messageBytes > limit.getAsInt();
    }
  }

  /** The length that the head names; a length that no message can have counts as the longest. */
  private long length() {
    int shortForm = second & 127;
    if (shortForm < TWO_BYTES) {
      return shortForm;
    }
    return extended < 0 ? Integer.MAX_VALUE : Math.min(extended, Integer.MAX_VALUE);
  }
}
