package dev.tapeline.core.thread;

import java.util.concurrent.ThreadFactory;

/**
 * Makes threads that are needed until their owner closes. A thread that ends earlier throws a
 * {@link VitalThreadException}, so that the uncaught exception handler hears of it: some frameworks
 * log what ended a thread's loop, and let the process go on without it.
 */
public final class VitalThreads implements ThreadFactory, AutoCloseable {

  private final ThreadFactory threads;
  private volatile boolean closed;

  /**
   * @param threads makes the threads themselves
   */
  public VitalThreads(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public Thread newThread(Runnable body) {
    return threads.newThread(() -> run(body));
  }

  private void run(Runnable body) {
    body.run();
    if (!closed) {
      throw new VitalThreadException(
          "the thread " + Thread.currentThread().getName() + " ended while it was needed");
    }
  }

  /** Lets the threads end from now on. */
  @Override
  public void close() {
    closed = true;
  }
}
