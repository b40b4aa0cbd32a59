package dev.tapeline.gateway.listen.accept;

import dev.tapeline.access.address.ClientAddresses;
import dev.tapeline.gateway.listen.answer.HttpRefusal;
import dev.tapeline.tls.TlsOrPlain;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts a connection from its start to its end, and knows its peer. If a trusted proxy sends a
 * PROXY header, the peer is the client named there. Stays in the pipeline for the connection's
 * life. Owned by the connection's lane.
 */
public final class Admission extends ChannelInboundHandlerAdapter {

  private final ConnectionCounts counts;
  private final ClientAddresses addresses;
  private final LongAdder refused;
  private final int maxHeaderBytes;
  private @Nullable InetSocketAddress peer;
  private @Nullable InetAddress counted;
  private @Nullable HttpRefusal denied;

  public Admission(
      ConnectionCounts counts, ClientAddresses addresses, LongAdder refused, int maxHeaderBytes) {
    this.counts = counts;
    this.addresses = addresses;
    this.refused = refused;
    this.maxHeaderBytes = maxHeaderBytes;
  }

  /** The admission of an open connection. */
  public static Admission of(Channel channel) {
    return channel.pipeline().get(Admission.class);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    InetSocketAddress from = (InetSocketAddress) ctx.channel().remoteAddress();
    peer = from;
    if (counts.open() ? takeAsPeer(ctx, from) : awaitRequest(ctx, HttpRefusal.FULL)) {
      if (addresses.isTrusted(from.getAddress())) {
        new ProxyHeader(this, maxHeaderBytes).install(ctx.pipeline(), ctx.name());
      }
      ctx.fireChannelActive();
    }
  }

  /** The other end of the connection, or the client that a PROXY header names. */
  public InetSocketAddress peer() {
    return Objects.requireNonNull(peer, "the connection is not active yet");
  }

  /**
   * Sets the peer, and counts the connection for its address unless that is a proxy.
   *
   * @return whether the connection goes on, if only to be refused; if not, it is closed
   */
  boolean takeAsPeer(ChannelHandlerContext ctx, InetSocketAddress from) {
    peer = from;
    if (addresses.isTrusted(from.getAddress())) {
      return true;
    }
    Optional<HttpRefusal> refusal = countAs(from.getAddress());
    return refusal.isEmpty() || denied != null || awaitRequest(ctx, refusal.get());
  }

  /**
   * Lets a connection wait for its request, so that it can be refused in its protocol: an HTTP
   * error would end a browser's stream of events for good. If it can't wait, it is closed without
   * an answer.
   */
  private boolean awaitRequest(ChannelHandlerContext ctx, HttpRefusal refusal) {
    denied = refusal;
    boolean waits = counts.beginWaiting() && !TlsOrPlain.isPending(ctx.channel());
    if (!waits) {
      countRefused();
      ctx.close();
    }
    return waits;
  }

  void countRefused() {
    refused.increment();
  }

  /**
   * Counts the connection for this address, once; or returns why the address may not have one more.
   */
  public Optional<HttpRefusal> countAs(InetAddress address) {
    if (counted != null || denied != null) {
      return Optional.ofNullable(denied);
    }
    Optional<HttpRefusal> refusal = counts.open(address);
    if (refusal.isEmpty()) {
      counted = address;
    }
    return refusal;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (denied == null) {
      counts.close();
    } else {
      counts.endWaiting();
    }
    if (counted != null) {
      counts.close(counted);
    }
    ctx.fireChannelInactive();
  }
}
