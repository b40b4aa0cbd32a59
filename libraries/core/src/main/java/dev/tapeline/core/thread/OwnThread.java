package dev.tapeline.core.thread;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One named thread that runs tasks at once, later or repeatedly. Unlike its superclass it reports
 * each failed task to the uncaught exception handler, and a repeated task goes on after a failure.
 */
public final class OwnThread extends ScheduledThreadPoolExecutor {

  public OwnThread(String name) {
    super(1, Thread.ofPlatform().name(name).daemon().factory());
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    return super.scheduleWithFixedDelay(() -> goOn(task), initialDelay, delay, unit);
  }

  private static void goOn(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      tell(e);
    }
  }

  @Override
  protected void afterExecute(Runnable task, @Nullable Throwable error) {
    super.afterExecute(task, error);
    if (task instanceof Future<?> future && future.state() == Future.State.FAILED) {
      tell(future.exceptionNow());
    }
  }

  private static void tell(Throwable error) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
  }
}
