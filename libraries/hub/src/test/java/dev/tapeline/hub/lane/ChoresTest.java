package dev.tapeline.hub.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChoresTest {

  @Test
  void eachStepIsDoneAndALongOneLetsTheOthersIn() {
    Chores chores = new Chores();
    AtomicInteger steps = new AtomicInteger();
    AtomicBoolean other = new AtomicBoolean();
    chores.add(() -> {
      TestLoop.spin(1);
      return steps.incrementAndGet() < 100;
    });
    chores.add(() -> {
      other.set(true);
      return false;
    });
    while (!other.get()) {
      chores.doSome();
    }
    assertTrue(steps.get() < 100, steps + " steps before the other one");
    while (!chores.isEmpty()) {
      chores.doSome();
    }
    assertEquals(100, steps.get());
  }

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
      return new HubWorkTest.Node().lane((EventLoop) group.next());
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
