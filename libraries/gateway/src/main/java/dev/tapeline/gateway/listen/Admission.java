package dev.tapeline.gateway.listen;

import dev.tapeline.access.address.ClientAddresses;
import dev.tapeline.tls.TlsOrPlain;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts a connection in and out. Stays in the pipeline for the connection's life, and knows its
 * peer, which is the client that a trusted proxy's PROXY header names, if there is one. Owned by
 * the connection's lane.
 */
public final class Admission extends ChannelInboundHandlerAdapter {

  private final ConnectionCounts counts;
  private final ClientAddresses addresses;
  private final LongAdder refused;
  private final int maxHeaderBytes;
  private @Nullable InetSocketAddress peer;
  private @Nullable InetAddress counted;
  private @Nullable HttpRefusal denied;
  private String answerHeaders = "";

  public Admission(
      ConnectionCounts counts, ClientAddresses addresses, LongAdder refused, int maxHeaderBytes) {
    this.counts = counts;
    this.addresses = addresses;
    this.refused = refused;
    this.maxHeaderBytes = maxHeaderBytes;
  }

  /** Of an open connection. */
  static Admission of(Channel channel) {
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

  /** The other end of the connection, or the one that a PROXY header has put in its place. */
  InetSocketAddress peer() {
    return Objects.requireNonNull(peer, "the connection is not active yet");
  }

  /** What each answer to the page that asks has to say, a refusal too. */
  void answerTo(Map<String, String> headers) {
    answerHeaders = Preflight.lines(headers);
  }

  /** As lines of a head. */
  String answerHeaders() {
    return answerHeaders;
  }

  /**
   * Makes this the peer, and counts the connection as its own unless it is a proxy.
   *
   * @return whether the connection goes on, be it only to be refused; if not, it is closed
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
   * Has a connection wait for its request, in whose words it is refused: a browser's stream of
   * events would end for good by an HTTP error. Where that can't be, it is closed without a word.
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

  /** Counts the connection as one of this address, once; or says why it may not have one more. */
  Optional<HttpRefusal> countAs(InetAddress address) {
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
