package dev.tapeline.gateway.listen.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses whole messages, each for itself, up to a size: a small message that would become a
 * large one ends the connection when it has grown that far. Owned by the connection's lane.
 */
final class Inflation extends MessageToMessageDecoder<WebSocketFrame> {

  private static final int PIECE = 8 << 10;

  /** The end of a message's last block, which senders leave out. */
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private final IntSupplier limit;

  /**
   * @param limit the most bytes of a message, asked at each message
   */
  Inflation(IntSupplier limit) {
    super(WebSocketFrame.class);
    this.limit = limit;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, WebSocketFrame frame, List<Object> out)
      throws DataFormatException {
    if (frame.rsv() != ReservedBits.COMPRESSED) {
      out.add(frame.retain());
      return;
    }
    ByteBuf inflated = inflate(ctx, ByteBufUtil.getBytes(frame.content()));
    out.add(
        frame instanceof TextWebSocketFrame
            ? new TextWebSocketFrame(true, 0, inflated)
            : new BinaryWebSocketFrame(true, 0, inflated));
  }

  private ByteBuf inflate(ChannelHandlerContext ctx, byte[] deflated) {
    Inflater inflater = new Inflater(true);
    int maxBytes = limit.getAsInt();
    ByteBuf out = ctx.alloc().buffer(Math.min(PIECE, maxBytes));
    try {
      inflater.setInput(deflated);
      drain(inflater, out, maxBytes);
      inflater.setInput(TAIL);
      drain(inflater, out, maxBytes);
      return out.retain();
    } catch (DataFormatException e) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "not compressed as it says", e);
    } finally {
      out.release();
      inflater.end();
    }
  }

  private static void drain(Inflater inflater, ByteBuf out, int maxBytes)
      throws DataFormatException {
    byte[] piece = new byte[PIECE];
    int count;
    while ((count = inflater.inflate(piece)) > 0) {
      if (out.readableBytes() + count > maxBytes) {
        throw new TooLongFrameException("a message of more than " + maxBytes + " bytes");
      }
      out.writeBytes(piece, 0, count);
    }
  }
}
