package dev.tapeline.redis.topology;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * Tunes connections whose commands are small and come from many threads. Writes at about the same
 * time share one system call. Buffers come from the pooled allocator, in which decoding byte by
 * byte is faster than in Netty's default.
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
