package dev.tapeline.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;

/**
 * Reads the first byte of a connection to a port that speaks TLS: for a handshake it puts TLS in
 * its place; anything else is passed on unchanged, so that its sender gets an answer. Owned by the
 * connection's lane.
 */
public final class TlsOrPlain extends ChannelInboundHandlerAdapter {

  private static final int HANDSHAKE_RECORD = 0x16;

  /** How long a client that reads nothing can delay the end of its connection. */
  private static final long CLOSE_MILLIS = 1_000;

  private final LiveCertificate certificate;
  private final Executor handshakes;

  /**
   * @param handshakes runs the computations of handshakes
   */
  public TlsOrPlain(LiveCertificate certificate, Executor handshakes) {
    this.certificate = certificate;
    this.handshakes = handshakes;
  }

  /** Whether a connection begins with the bytes of a TLS handshake. */
  public static boolean isHandshake(ByteBuf first) {
    return first.isReadable() && first.getByte(first.readerIndex()) == HANDSHAKE_RECORD;
  }

  /** Whether a connection is not ready yet for anything that the client could read. */
  public static boolean isPending(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    return tls == null
        ? channel.pipeline().get(TlsOrPlain.class) != null
        : !tls.handshakeFuture().isSuccess();
  }

  /** Tells the client that nothing more follows, on a connection with TLS. */
  public static void endOutput(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    }
  }

  /** Whether a connection is encrypted. */
  public static boolean isTls(Channel channel) {
    return channel.pipeline().get(SslHandler.class) != null;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes && isHandshake(bytes)) {
      ctx.pipeline().addAfter(ctx.name(), null, new RecordGate());
      ctx.pipeline().addAfter(ctx.name(), null, tls(ctx));
    }
    ctx.pipeline().remove(this); // the first byte has decided
    ctx.fireChannelRead(message);
  }

  /** Without a timeout of its own: that of the first request began with the connection. */
  private SslHandler tls(ChannelHandlerContext ctx) {
    SslHandler tls = certificate.context().newHandler(ctx.alloc(), handshakes);
    tls.setHandshakeTimeoutMillis(0);
    tls.setCloseNotifyFlushTimeoutMillis(CLOSE_MILLIS);
    tls.handshakeFuture()
        .addListener(done -> {
          if (!done.isSuccess()) {
            certificate.handshakeFailures().increment();
          }
        });
    return tls;
  }
}
