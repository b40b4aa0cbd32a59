package dev.tapeline.server.thread;

import dev.tapeline.core.thread.OwnThread;
import dev.tapeline.core.thread.VitalThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A process in which a thread dies; it prints {@code alive} if it survives. */
final class DyingProcess {

  private DyingProcess() {}

  public static void main(String[] args) throws InterruptedException {
    LastResort.install();
    switch (args[0]) {
      case "error" -> new Thread(() -> fail(new StackOverflowError("planted")), "doomed").start();
      case "vital" ->
          new VitalThreads(Thread.ofPlatform().name("doomed").factory())
              .newThread(() -> {})
              .start();
      case "released" -> endsAfterItsOwner();
      case "task" -> goesOnAfterATask(Executors.newSingleThreadExecutor());
      case "repeated" -> goesOnRepeating();
      case "own" -> new OwnThread("doomed").execute(() -> fail(new StackOverflowError("planted")));
      default -> throw new IllegalArgumentException(args[0]);
    }
    if (args[0].equals("error") || args[0].equals("vital") || args[0].equals("own")) {
      new CountDownLatch(1).await(); // a main thread that waits, as the server's does
    }
    System.out.println("alive");
  }

  private static void fail(Error error) {
    throw error;
  }

  private static void endsAfterItsOwner() throws InterruptedException {
    VitalThreads threads = new VitalThreads(Thread.ofPlatform().factory());
    CountDownLatch closed = new CountDownLatch(1);
    Thread thread = threads.newThread(() -> await(closed));
    thread.start();
    threads.close();
    closed.countDown();
    thread.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void goesOnAfterATask(ExecutorService executor) throws InterruptedException {
    CountDownLatch next = new CountDownLatch(1);
    executor.execute(() -> {
      throw new IllegalStateException("planted");
    });
    executor.execute(next::countDown);
    next.await();
    executor.shutdown();
  }

  private static void goesOnRepeating() throws InterruptedException {
    CountDownLatch runs = new CountDownLatch(3);
    OwnThread thread = new OwnThread("repeating");
    var _ =
        thread.scheduleWithFixedDelay(
            () -> {
              runs.countDown();
              throw new IllegalStateException("planted");
            },
            0,
            1,
            TimeUnit.MILLISECONDS);
    runs.await();
    thread.shutdownNow();
  }
}
