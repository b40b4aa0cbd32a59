package dev.tapeline.gateway.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the gateway's own failures, which are bugs, from failures of its peers. */
public final class Failures {

  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** Ends a connection after an exception. */
  public static void end(ChannelHandlerContext ctx, Throwable cause) {
    Side _ = report(ctx, cause);
    ctx.close();
  }

  /** The side that has failed. */
  enum Side {
    GATEWAY,
    PEER
  }

  /** Logs a failure of the gateway's own. */
  static Side report(ChannelHandlerContext ctx, Throwable cause) {
    if (isOfThePeer(cause)) {
      return Side.PEER;
    }
    log.error("{}: could not handle a message", ctx.channel().remoteAddress(), cause);
    return Side.GATEWAY;
  }

  /**
   * Whether the peer has failed: it has gone, or sent what can't be decoded. Decoders wrap
   * unexpected exceptions, too.
   */
  private static boolean isOfThePeer(Throwable cause) {
    Throwable wrapped = cause.getCause();
    return cause instanceof IOException
        || cause instanceof PrematureChannelClosureException
        || (cause instanceof DecoderException && (wrapped == null || isOfThePeer(wrapped)));
  }
}
