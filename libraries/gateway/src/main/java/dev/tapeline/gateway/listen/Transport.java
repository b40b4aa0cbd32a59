package dev.tapeline.gateway.listen;

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

/** How the gateway talks to the kernel. */
public enum Transport {
  /** What measures best for this work among what the machine has: epoll, or else NIO. */
  AUTO,
  IO_URING,
  EPOLL,
  NIO;

  /** More completions than a lane has connections that write at once, or they would overflow. */
  private static final int COMPLETION_QUEUE = 32_768;

  private static final int SUBMISSION_QUEUE = 4096;

  /** What lies unsent in the kernel is stale, and in front of everything newer. */
  private static final long UNSENT_LOW_WATER = 16 << 10;

  /** What it stands for on this machine; itself, but for {@link #AUTO}. */
  public Transport resolved() {
    return switch (this) {
      case AUTO -> Epoll.isAvailable() ? EPOLL : NIO;
      case EPOLL, IO_URING, NIO -> this;
    };
  }

  /** Why it can't be had on this machine; empty if it can. */
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

  public Class<? extends ServerChannel> serverChannel() {
    return switch (resolved()) {
      case IO_URING -> IoUringServerSocketChannel.class;
      case EPOLL -> EpollServerSocketChannel.class;
      case NIO, AUTO -> NioServerSocketChannel.class;
    };
  }

  /** The channel to a Unix socket; on a loop of {@link #relayHandlers}. */
  Class<? extends Channel> unixChannel() {
    return resolved() == EPOLL ? EpollDomainSocketChannel.class : NioDomainSocketChannel.class;
  }

  public IoHandlerFactory relayHandlers() {
    return resolved() == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  public Map<ChannelOption<?>, Object> childOptions() {
    return switch (resolved()) {
      case IO_URING -> Map.of(IoUringChannelOption.TCP_NOTSENT_LOWAT, UNSENT_LOW_WATER);
      case EPOLL -> Map.of(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_LOW_WATER);
      case NIO, AUTO -> Map.of();
    };
  }
}
