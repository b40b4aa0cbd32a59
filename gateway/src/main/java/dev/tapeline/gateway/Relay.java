package dev.tapeline.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
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

/**
 * Passes connections whose first request is not the gateway's on to the REST server on its Unix
 * socket, byte for byte, behind a PROXY header (version 1) with the client's address. Each side is
 * read only as fast as the other one takes.
 */
final class Relay {

  private final Path socket;
  private final Transport transport;
  private final EventLoopGroup group;

  Relay(Path socket, Transport transport, EventLoopGroup group) {
    this.socket = socket;
    this.transport = transport;
    this.group = group;
  }

  void take(ChannelHandlerContext client, InetAddress address, ByteBuf first) {
    Channel from = client.channel();
    from.config().setAutoRead(false);
    Pipe toServer = new Pipe();
    client.pipeline().addLast(toServer);
    new Bootstrap()
        .group(transport.resolved() == Transport.EPOLL ? from.eventLoop() : group)
        .channel(transport.unixChannel())
        .option(ChannelOption.AUTO_READ, false)
        .handler(new Pipe(from))
        .connect(address())
        .addListener(
            (ChannelFutureListener)
                connected -> {
                  if (connected.isSuccess()) {
                    toServer.to(connected.channel());
                    connected.channel().write(proxyHeader(from, address));
                    connected.channel().writeAndFlush(first).addListener(f -> from.read());
                    connected.channel().read();
                  } else {
                    first.release();
                    HttpRefusal.REST_UNAVAILABLE.send(from);
                  }
                });
  }

  private SocketAddress address() {
    return transport.resolved() == Transport.EPOLL
        ? new DomainSocketAddress(socket.toFile())
        : UnixDomainSocketAddress.of(socket);
  }

  private static ByteBuf proxyHeader(Channel from, InetAddress client) {
    InetSocketAddress peer = (InetSocketAddress) from.remoteAddress();
    InetSocketAddress local = (InetSocketAddress) from.localAddress();
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

  /** One direction: what is read here is written there. */
  private static final class Pipe extends ChannelInboundHandlerAdapter {

    private volatile Channel to;

    @SuppressWarnings("NullAway.Init") // given before the first read
    Pipe() {}

    Pipe(Channel to) {
      this.to = to;
    }

    void to(Channel other) {
      to = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      to.writeAndFlush(message)
          .addListener(written -> {
            if (written.isSuccess()) {
              ctx.channel().read();
            } else {
              ctx.close();
            }
          });
    }

    @Override
    @SuppressWarnings("ConstantValue")
    public void channelInactive(ChannelHandlerContext ctx) {
      Channel other = to;
      if (other != null) {
        other
            .writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
            .addListener(ChannelFutureListener.CLOSE);
      }
      ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close(); // one of both sides has gone; the other one follows
    }
  }
}
