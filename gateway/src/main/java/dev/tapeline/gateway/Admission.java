package dev.tapeline.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts a connection in and out. Stays in the pipeline for the connection's life, and holds the
 * client's address, which a proxy may have the last word on.
 */
final class Admission extends ChannelInboundHandlerAdapter {

  private final ConnectionCounts counts;
  private final ClientAddresses addresses;
  private final LongAdder refused;
  private @Nullable InetAddress counted;

  Admission(ConnectionCounts counts, ClientAddresses addresses, LongAdder refused) {
    this.counts = counts;
    this.addresses = addresses;
    this.refused = refused;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    InetAddress peer = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
    if (!counts.open()) {
      refuse(ctx, HttpRefusal.FULL);
    } else if (!addresses.isTrusted(peer) && !countAs(peer)) {
      refuse(ctx, HttpRefusal.TOO_MANY_FROM_ADDRESS);
    } else {
      ctx.fireChannelActive();
    }
  }

  private void refuse(ChannelHandlerContext ctx, HttpRefusal refusal) {
    refused.increment();
    refusal.send(ctx.channel());
  }

  /** Counts the connection as one of this address, once; whether it may have one more. */
  boolean countAs(InetAddress address) {
    if (counted != null) {
      return true;
    }
    if (!counts.open(address)) {
      return false;
    }
    counted = address;
    return true;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    counts.close();
    if (counted != null) {
      counts.close(counted);
    }
    ctx.fireChannelInactive();
  }
}
