package dev.tapeline.gateway.listen.relay;

import dev.tapeline.gateway.listen.accept.Transport;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/**
 * The REST server behind the gateway, and the way to it.
 *
 * @param socket its Unix socket
 * @param loops the loops of connections to it, unless those of the clients can serve them
 */
public record RestBackend(Path socket, Transport transport, EventLoopGroup loops) {

  /** The loops that serve the connection to the server for a client on this loop. */
  EventLoopGroup loopsFor(EventLoop client) {
    return transport.resolved() == Transport.EPOLL ? client : loops;
  }

  SocketAddress address() {
    return transport.resolved() == Transport.EPOLL
        ? new DomainSocketAddress(socket.toFile())
        : UnixDomainSocketAddress.of(socket);
  }
}
