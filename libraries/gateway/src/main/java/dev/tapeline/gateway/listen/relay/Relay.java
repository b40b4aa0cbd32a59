package dev.tapeline.gateway.listen.relay;

import dev.tapeline.gateway.listen.accept.Admission;
import dev.tapeline.gateway.listen.answer.HttpRefusal;
import dev.tapeline.gateway.listen.answer.PipelineEdge;
import dev.tapeline.gateway.listen.http.FirstRequest;
import dev.tapeline.gateway.listen.http.HttpRules;
import dev.tapeline.gateway.listen.http.RequestHead;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Passes connections whose first request is not the gateway's on to the REST server on its Unix
 * socket, byte for byte, behind a PROXY header (version 1) with the address of the connection's
 * peer: each request names the client that a proxy forwards. Each side is read only as fast as the
 * other one takes. Requests are passed on one at a time: when a later one on the same connection is
 * the gateway's, the gateway gets the connection back after the answers to the earlier ones.
 */
public final class Relay {

  private final RestBackend rest;
  private final HttpRules http;
  private final Predicate<RequestHead> isOurs;
  private final FirstRequest.Router router;
  private final LongAdder refused;

  /**
   * @param isOurs whether a request is the gateway's
   * @param router takes the connection over when a later request on it is the gateway's
   */
  public Relay(
      RestBackend rest,
      HttpRules http,
      Predicate<RequestHead> isOurs,
      FirstRequest.Router router,
      LongAdder refused) {
    this.rest = rest;
    this.http = http;
    this.isOurs = isOurs;
    this.router = router;
    this.refused = refused;
  }

  public void take(ChannelHandlerContext client, ByteBuf first) {
    Channel from = client.channel();
    from.config().setAutoRead(false);
    InetSocketAddress peer = Admission.of(from).peer();
    RelayedAnswers answers = new RelayedAnswers(from);
    new Bootstrap()
        .group(rest.loopsFor(from.eventLoop()))
        .channel(rest.transport().unixChannel())
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.AUTO_CLOSE, false) // what it answered is still to be read
        .handler(answers)
        .connect(rest.address())
        .addListener(
            (ChannelFutureListener)
                connected ->
                    from.eventLoop().execute(() -> join(from, peer, first, answers, connected)));
  }

  private void join(
      Channel from,
      InetSocketAddress peer,
      ByteBuf first,
      RelayedAnswers answers,
      ChannelFuture connected) {
    Channel server = connected.channel();
    if (!from.isActive()) { // and has no handlers any more
      first.release();
      server.close();
      return;
    }
    if (!connected.isSuccess()) {
      first.release();
      HttpRefusal.REST_UNAVAILABLE.send(from);
      return;
    }
    server.write(proxyHeader(from, peer));
    RelayedRequests sent =
        new RelayedRequests(
            server,
            answers,
            new RequestBoundaries(isOurs, http.maxHeaderBytes()),
            router,
            refused,
            http.handshakeTimeout().toMillis());
    answers.answerTo(sent);
    from.pipeline().addLast(sent);
    PipelineEdge.of(from).fireChannelRead(first);
    server.read();
  }

  private static ByteBuf proxyHeader(Channel from, InetSocketAddress peer) {
    InetSocketAddress local = (InetSocketAddress) from.localAddress();
    InetAddress client = peer.getAddress();
    boolean four = client instanceof Inet4Address && local.getAddress() instanceof Inet4Address;
    String header =
        "PROXY %s %s %s %d %d\r\n"
            .formatted(
                four ? "TCP4" : "TCP6",
                text(client, four),
                text(local.getAddress(), four),
                peer.getPort(),
                local.getPort());
    return ByteBufUtil.writeAscii(from.alloc(), header);
  }

  private static String text(InetAddress address, boolean four) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return four || !(address instanceof Inet4Address) ? plain : "::ffff:" + plain;
  }
}
