package dev.tapeline.gateway.listen.accept;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.util.Map;
import java.util.Optional;

/** The ways of network I/O that the gateway can use. */
public enum Transport {
  /** The fastest one that the machine has: epoll, or else NIO. */
  AUTO,
  IO_URING,
  EPOLL,
  NIO;

  /**
   * The size of the completion queue: more than the connections of a lane that write at once, or it
   * would overflow.
   */
  private static final int COMPLETION_QUEUE = 32_768;

  private static final int SUBMISSION_QUEUE = 4096;

  /**
   * How many unsent bytes in the kernel make a socket not writable: they get stale, and delay newer
   * ones.
   */
  private static final long UNSENT_LOW_WATER = 16 << 10;

  /** The transport to use on this machine; only {@link #AUTO} stands for another one. */
  public Transport resolved() {
    return switch (this) {
      case AUTO -> Epoll.isAvailable() ? EPOLL : NIO;
      case EPOLL, IO_URING, NIO -> this;
    };
  }

  /** Why the transport is not available on this machine; empty if it is. */
  public Optional<String> unavailable() {
    Throwable cause =
        switch (this) {
          case IO_URING -> IoUring.unavailabilityCause();
          case EPOLL -> Epoll.unavailabilityCause();
          case AUTO, NIO -> null;
        };
    return Optional.ofNullable(cause).map(Throwable::toString);
  }

  public IoHandlerFactory handlers() {
    return switch (resolved()) {
      case IO_URING ->
          IoUringIoHandler.newFactory(
              new IoUringIoHandlerConfig()
                  .setRingSize(SUBMISSION_QUEUE)
                  .setCqSize(COMPLETION_QUEUE));
      case EPOLL -> EpollIoHandler.newFactory();
      case NIO, AUTO -> NioIoHandler.newFactory();
    };
  }

  Class<? extends ServerChannel> serverChannel() {
    return switch (resolved()) {
      case IO_URING -> IoUringServerSocketChannel.class;
      case EPOLL -> EpollServerSocketChannel.class;
      case NIO, AUTO -> NioServerSocketChannel.class;
    };
  }

  /** The class of a channel to a Unix socket, for a loop of {@link #relayHandlers}. */
  public Class<? extends Channel> unixChannel() {
    return resolved() == EPOLL ? EpollDomainSocketChannel.class : NioDomainSocketChannel.class;
  }

  public IoHandlerFactory relayHandlers() {
    return resolved() == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  Map<ChannelOption<?>, Object> childOptions() {
    return switch (resolved()) {
      case IO_URING -> Map.of(IoUringChannelOption.TCP_NOTSENT_LOWAT, UNSENT_LOW_WATER);
      case EPOLL -> Map.of(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_LOW_WATER);
      case NIO, AUTO -> Map.of();
    };
  }
}
