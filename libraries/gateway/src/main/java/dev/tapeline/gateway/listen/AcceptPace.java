package dev.tapeline.gateway.listen;

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
 * Takes a few connections at a time from a listener, and the next ones once each lane keeps up
 * again, or after a time: so however many come at once, those that are here already are served in
 * between. The others wait in the kernel's queue. Owned by the thread that accepts.
 *
 * <p>A lane keeps up when it runs a timer about when it is due.
 */
public final class AcceptPace extends ChannelInboundHandlerAdapter {

  /** Connections that are taken at a time. */
  public static final int AT_ONCE = 16;

  private static final long TURN_NANOS = MILLISECONDS.toNanos(2);

  /** How late a lane may run a timer and is still said to keep up. */
  private static final long LATE_NANOS = MILLISECONDS.toNanos(2);

  /** Lanes that do not keep up at all get some connections all the same. */
  private static final long MAX_WAIT_NANOS = MILLISECONDS.toNanos(50);

  /** After a failure, as when there are no more file descriptors. */
  private static final long REST_MILLIS = 1_000;

  private final List<EventExecutor> lanes;
  private boolean resting;

  /**
   * @param lanes all that a new connection makes work for
   */
  public AcceptPace(List<EventExecutor> lanes) {
    this.lanes = List.copyOf(lanes);
  }

  /** What lets a listener take as many at once. */
  public static ServerChannelRecvByteBufAllocator allocator() {
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
   * @param waiting how many lanes have not had theirs
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
