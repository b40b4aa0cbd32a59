package dev.tapeline.hub.lane;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Folds;
import dev.tapeline.core.KindRules;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.hub.topic.Hub;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LaneTest {

  /** A lane that has an endless chore still does what its loop has to do, and survives a bug. */
  @Test
  void aLaneServesItsLoopBetweenChores() throws InterruptedException {
    try (TestLoop loop = new TestLoop()) {
      Lane lane = loop.lane();
      AtomicBoolean stop = new AtomicBoolean();
      CountDownLatch stopped = new CountDownLatch(1);
      lane.add(() -> {
        throw new IllegalStateException("a bug, thrown by the test");
      });
      lane.add(() -> {
        TestLoop.spin(1);
        if (stop.get()) {
          stopped.countDown();
        }
        return !stop.get();
      });
      lane.execute(() -> lane.execute(() -> stop.set(true)));
      assertTrue(stopped.await(10, TimeUnit.SECONDS));
    }
  }

  /** A lane without a gateway. */
  private static final class TestLoop implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    Lane lane() {
      Hub hub =
          new Hub(
              new Hub.Limits(10, 10, 10, 10, 1 << 16, 1 << 20, 1 << 16, 1L << 40, List.of()),
              new KindRules(List.of()),
              Folds.NONE,
              new EmbeddedBus(10),
              Runnable::run);
      return Lane.on((EventLoop) group.next(), hub, nanos -> {});
    }

    static void spin(long millis) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }
}
