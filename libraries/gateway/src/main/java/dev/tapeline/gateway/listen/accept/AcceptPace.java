package dev.tapeline.gateway.listen.accept;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Accepts a few connections at a time, and the next ones once each lane keeps up again, or after a
 * time. So open connections are served however many new ones come at once. The others wait in the
 * kernel's queue. Owned by the thread that accepts.
 *
 * <p>A lane keeps up when it runs a timer about when it is due.
 */
public final class AcceptPace extends ChannelInboundHandlerAdapter {

  /** The connections that are accepted at a time. */
  public static final int AT_ONCE = 16;

  private static final long TURN_NANOS = MILLISECONDS.toNanos(2);

  /** How late a lane that keeps up may run a timer. */
  private static final long LATE_NANOS = MILLISECONDS.toNanos(2);

  /** The longest wait for lanes. After it they get connections even if they do not keep up. */
  private static final long MAX_WAIT_NANOS = MILLISECONDS.toNanos(50);

  /** The pause after a failure, for example when file descriptors run out. */
  private static final long REST_MILLIS = 1_000;

  private final List<EventExecutor> lanes;
  private boolean resting;

  /**
   * @param lanes all executors that a new connection makes work for
   */
  AcceptPace(List<EventExecutor> lanes) {
    this.lanes = List.copyOf(lanes);
  }

  /** The allocator that makes a listener accept this many at a time. */
  static ServerChannelRecvByteBufAllocator allocator() {
    ServerChannelRecvByteBufAllocator allocator = new ServerChannelRecvByteBufAllocator();
    allocator.respectMaybeMoreData(false).maxMessagesPerRead(AT_ONCE);
    return allocator;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
    AtomicInteger waiting = new AtomicInteger(lanes.size());
    long now = System.nanoTime();
    lanes.forEach(lane -> new Turn(ctx, lane, waiting, now).await(now));
    ctx.fireChannelReadComplete();
  }

  /**
   * One lane's turn after some connections were taken.
   *
   * @param waiting how many lanes have not had their turn
   */
  private record Turn(
      ChannelHandlerContext ctx, EventExecutor lane, AtomicInteger waiting, long begun) {

    void await(long now) {
      try {
        var _ = lane.schedule(() -> had(now + TURN_NANOS), TURN_NANOS, NANOSECONDS);
      } catch (RejectedExecutionException e) {
        ctx.close(); // the gateway is closing
      }
    }

    private void had(long due) {
      long now = System.nanoTime();
      if (now - due > LATE_NANOS && now - begun < MAX_WAIT_NANOS) {
        await(now);
      } else if (waiting.decrementAndGet() == 0) {
        ctx.executor().execute(() -> ((AcceptPace) ctx.handler()).acceptMore(ctx));
      }
    }
  }

  private void acceptMore(ChannelHandlerContext ctx) {
    if (!resting) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!resting) {
      resting = true;
      ctx.executor()
          .schedule(
              () -> {
                resting = false;
                acceptMore(ctx);
              },
              REST_MILLIS,
              MILLISECONDS);
    }
    ctx.fireExceptionCaught(cause);
  }
}
