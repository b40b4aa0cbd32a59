package dev.tapeline.gateway.listen.accept;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.function.Consumer;

/** The bootstrap of the gateway's listeners: the options of their sockets and of connections. */
public final class ListenerBootstrap {

  private static final int SEND_BUFFER = 128 << 10;
  private static final WriteBufferWaterMark WATERMARK = new WriteBufferWaterMark(1, 64 << 10);
  private static final int BACKLOG = 4096;

  private ListenerBootstrap() {}

  /**
   * Makes the bootstrap of the gateway's listeners.
   *
   * @param acceptors the loop of the listeners
   * @param loops the loops of their connections
   * @param paced the executors that must keep up before more connections are accepted
   * @param onAccept takes each new connection over, on its loop
   */
  public static ServerBootstrap of(
      Transport transport,
      EventLoopGroup acceptors,
      EventLoopGroup loops,
      List<EventExecutor> paced,
      Consumer<Channel> onAccept) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptors, loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.RECVBUF_ALLOCATOR, AcceptPace.allocator())
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel listener) {
                    listener.pipeline().addLast(new AcceptPace(paced));
                  }
                })
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATERMARK)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    onAccept.accept(channel);
                  }
                });
    transport.childOptions().forEach((option, value) -> set(bootstrap, option, value));
    return bootstrap;
  }

  @SuppressWarnings("unchecked")
  private static <T> void set(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
    bootstrap.childOption(option, (T) value);
  }
}
