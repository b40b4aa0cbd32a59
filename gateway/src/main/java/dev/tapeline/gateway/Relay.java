package dev.tapeline.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Passes connections whose first request is not the gateway's on to the REST server on its Unix
 * socket, byte for byte, behind a PROXY header (version 1) with the address of the connection's
 * peer: each request says for itself whom a proxy forwards. Each side is read only as fast as the
 * other one takes. When a later request on the same connection is the gateway's, the gateway gets
 * the connection back.
 */
final class Relay {

  private final Path socket;
  private final Transport transport;
  private final EventLoopGroup group;
  private final Supplier<RequestBoundaries> boundaries;
  private final FirstRequest.Router router;

  Relay(
      Path socket,
      Transport transport,
      EventLoopGroup group,
      Supplier<RequestBoundaries> boundaries,
      FirstRequest.Router router) {
    this.socket = socket;
    this.transport = transport;
    this.group = group;
    this.boundaries = boundaries;
    this.router = router;
  }

  void take(ChannelHandlerContext client, ByteBuf first) {
    Channel from = client.channel();
    from.config().setAutoRead(false);
    InetSocketAddress peer = Admission.of(from).peer();
    ToClient toClient = new ToClient(from);
    new Bootstrap()
        .group(transport.resolved() == Transport.EPOLL ? from.eventLoop() : group)
        .channel(transport.unixChannel())
        .option(ChannelOption.AUTO_READ, false)
        .handler(toClient)
        .connect(address())
        .addListener(
            (ChannelFutureListener)
                connected ->
                    from.eventLoop().execute(() -> join(from, peer, first, toClient, connected)));
  }

  private void join(
      Channel from,
      InetSocketAddress peer,
      ByteBuf first,
      ToClient toClient,
      ChannelFuture connected) {
    if (!connected.isSuccess()) {
      first.release();
      HttpRefusal.REST_UNAVAILABLE.send(from);
      return;
    }
    Channel server = connected.channel();
    server.write(proxyHeader(from, peer));
    from.pipeline().addLast(new ToServer(server, toClient, boundaries.get(), router));
    Edge.of(from).fireChannelRead(first);
    server.read();
    if (!from.isActive()) {
      server.close();
    }
  }

  private SocketAddress address() {
    return transport.resolved() == Transport.EPOLL
        ? new DomainSocketAddress(socket.toFile())
        : UnixDomainSocketAddress.of(socket);
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

  private static void closeBehindWhatIsWritten(Channel channel) {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** What the client sends. */
  private static final class ToServer extends ChannelInboundHandlerAdapter {

    private final Channel server;
    private final ToClient answers;
    private final RequestBoundaries boundaries;
    private final FirstRequest.Router router;
    private ByteBuf kept = Unpooled.EMPTY_BUFFER;

    ToServer(
        Channel server,
        ToClient answers,
        RequestBoundaries boundaries,
        FirstRequest.Router router) {
      this.server = server;
      this.answers = answers;
      this.boundaries = boundaries;
      this.router = router;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf all = Unpooled.wrappedBuffer(kept, (ByteBuf) message);
      RequestBoundaries.Passage passage = boundaries.next(all);
      kept = all;
      if (passage.ours().isEmpty()) {
        pass(ctx, all.readRetainedSlice(passage.length()));
      } else if (passage.length() == 0 && answers.haveBegun) {
        handBack(ctx, passage.ours().get());
      } else {
        boundaries.giveUp(); // sent before the last answer came: the REST server refuses it
        pass(ctx, all.readRetainedSlice(all.readableBytes()));
      }
    }

    private void pass(ChannelHandlerContext ctx, ByteBuf passed) {
      if (passed.isReadable()) {
        answers.haveBegun = false;
      }
      server
          .writeAndFlush(passed)
          .addListener(written -> {
            if (written.isSuccess()) {
              ctx.channel().read();
            } else {
              ctx.close();
            }
          });
    }

    /** The server's part is over. */
    private void handBack(ChannelHandlerContext ctx, RequestHead head) {
      server.pipeline().removeLast();
      server.close();
      ByteBuf rest = kept;
      kept = Unpooled.EMPTY_BUFFER;
      router.route(ctx, head, rest);
      ctx.pipeline().remove(this);
      ctx.channel().config().setAutoRead(true); // what TLS holds back comes at once
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      kept.release();
      kept = Unpooled.EMPTY_BUFFER;
      closeBehindWhatIsWritten(server);
      ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      Failures.end(ctx, cause); // the server's side follows
    }
  }

  /** What the server answers. */
  private static final class ToClient extends ChannelInboundHandlerAdapter {

    private final Channel client;

    /** Whether something was answered since the client last sent something. */
    private volatile boolean haveBegun;

    ToClient(Channel client) {
      this.client = client;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      haveBegun = true;
      client
          .writeAndFlush(message)
          .addListener(written -> {
            if (written.isSuccess()) {
              ctx.channel().read();
            } else {
              ctx.close();
            }
          });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      closeBehindWhatIsWritten(client);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      Failures.end(ctx, cause); // the client's side follows
    }
  }
}
