package dev.tapeline.redis.topology;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * Settings of a connection whose commands come from many threads, and are small: what they write at
 * about the same time goes out with one system call. Answers are decoded byte by byte, which is
 * quicker in the buffers of the pooled allocator than in those of Netty's default.
 */
final class ChannelTuning implements NettyCustomizer {

  private static final int MAX_WRITES_A_FLUSH = 64;

  @Override
  public void afterBootstrapInitialized(Bootstrap bootstrap) {
    bootstrap.option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
  }

  @Override
  public void afterChannelInitialized(Channel channel) {
    channel.pipeline().addFirst(new FlushConsolidationHandler(MAX_WRITES_A_FLUSH, true));
  }
}
