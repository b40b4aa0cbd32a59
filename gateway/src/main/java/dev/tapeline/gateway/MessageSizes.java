package dev.tapeline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import java.util.function.IntSupplier;

/**
 * Looks at the heads of a WebSocket's frames as they come, and refuses a message that is longer
 * than its client may send at the time, before any of that frame is kept. Passes all else on as it
 * is. Owned by the connection's lane.
 */
final class MessageSizes extends ChannelInboundHandlerAdapter {

  private static final int LONGEST_HEAD = 10;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int CONTROL = 8;
  private static final int MASK_BYTES = 4;

  private final IntSupplier limit;
  private final byte[] head = new byte[LONGEST_HEAD];
  private int headBytes;
  private long frameRest;
  private long messageBytes;
  private boolean over;

  /**
   * @param limit of bytes in a message, asked at each frame
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

  /** Where the bytes end that may be passed on. */
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
        head[headBytes++] = bytes.getByte(at++);
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

  private int headLength() {
    if (headBytes < 2) {
      return 2;
    }
    return switch (head[1] & 127) {
      case TWO_BYTES -> 4;
      case EIGHT_BYTES -> LONGEST_HEAD;
      default -> 2;
    };
  }

  private void beginFrame() {
    long length = length();
    frameRest = length + (head[1] < 0 ? MASK_BYTES : 0);
    int opcode = head[0] & 15;
    if (opcode < CONTROL) {
      messageBytes = opcode == 0 ? messageBytes + length : length;
      over = messageBytes > limit.getAsInt();
    }
  }

  /** Of what stands behind the head; one that no message can have is the longest. */
  private long length() {
    int shortForm = head[1] & 127;
    if (shortForm < TWO_BYTES) {
      return shortForm;
    }
    long length = 0;
    for (int i = 2; i < (shortForm == TWO_BYTES ? 4 : LONGEST_HEAD); i++) {
      length = length << 8 | (head[i] & 255);
    }
    return length < 0 || length > Integer.MAX_VALUE ? Integer.MAX_VALUE : length;
  }
}
