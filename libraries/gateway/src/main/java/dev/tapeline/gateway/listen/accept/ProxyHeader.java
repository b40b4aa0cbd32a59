package dev.tapeline.gateway.listen.accept;

import dev.tapeline.access.address.ClientAddresses;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PROXY header (version 1 or 2) with which a connection of a trusted proxy may begin. Tells
 * {@link Admission} the client that it names, and leaves the pipeline with the first byte behind
 * it. A connection whose header can't be read is closed without an answer. Owned by the
 * connection's lane.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(ProxyHeader.class);

  private final Admission admission;
  private final int maxExtensionBytes;
  private boolean refused;

  /**
   * @param maxExtensionBytes how much version 2 may carry beside the addresses
   */
  ProxyHeader(Admission admission, int maxExtensionBytes) {
    this.admission = admission;
    this.maxExtensionBytes = maxExtensionBytes;
  }

  /** Puts itself and its decoder behind a handler of the pipeline. */
  void install(ChannelPipeline pipeline, String behind) {
    pipeline.addAfter(behind, null, this);
    pipeline.addAfter(behind, null, new Detector(maxExtensionBytes));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (refused) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HAProxyMessage header) {
      take(ctx, header);
    } else {
      ctx.fireChannelRead(message);
      if (!ctx.isRemoved()) { // a refusal may have ended it
        ctx.pipeline().remove(this);
      }
    }
  }

  private void take(ChannelHandlerContext ctx, HAProxyMessage header) {
    try {
      client(header).ifPresent(client -> refused = !admission.takeAsPeer(ctx, client));
    } finally {
      header.release();
    }
  }

  /** The client; empty if the proxy speaks for itself, or for a client that does not use IP. */
  private static Optional<InetSocketAddress> client(HAProxyMessage header) {
    return switch (header.proxiedProtocol().addressFamily()) {
      case AF_IPv4, AF_IPv6 -> {
        InetAddress address = ClientAddresses.parse(header.sourceAddress());
        if (address == null) {
          throw new HAProxyProtocolException("no IP address: " + header.sourceAddress());
        }
        yield Optional.of(new InetSocketAddress(address, header.sourcePort()));
      }
      case AF_UNSPEC, AF_UNIX -> Optional.empty();
    };
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof DecoderException)) {
      ctx.fireExceptionCaught(cause);
    } else if (!refused) { // the decoder may complain again about what follows
      refused = true;
      admission.countRefused();
      log.debug("{}: PROXY header refused: {}", ctx.channel().remoteAddress(), cause.toString());
      ctx.close();
    }
  }

  /**
   * Waits until the first bytes show whether a header begins, and then makes way for its decoder.
   */
  private static final class Detector extends ByteToMessageDecoder {

    private final int maxExtensionBytes;

    Detector(int maxExtensionBytes) {
      this.maxExtensionBytes = maxExtensionBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
      switch (HAProxyMessageDecoder.detectProtocol(in).state()) {
        case NEEDS_MORE_DATA -> {}
        case INVALID -> ctx.pipeline().remove(this);
        case DETECTED ->
            ctx.pipeline().replace(this, null, new HAProxyMessageDecoder(maxExtensionBytes));
      }
    }
  }
}
