package dev.tapeline.server.thread;

import dev.tapeline.core.thread.VitalThreadException;
import java.lang.Thread.UncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler of exceptions that no thread has caught. After an {@link Error}, or the death of a
 * thread that must live, it ends the process, so that a supervisor restarts it: a process that has
 * lost a part would look alive and serve nobody. An exception in one task is logged, and the
 * thread's executor goes on with the next task.
 */
public final class LastResort implements UncaughtExceptionHandler {

  /** The exit code, which is also that of {@code -XX:+ExitOnOutOfMemoryError}. */
  public static final int BROKEN = 3;

  private static final Logger log = LoggerFactory.getLogger(LastResort.class);

  private LastResort() {}

  /** Makes this the handler of all threads of this JVM. */
  public static void install() {
    Thread.setDefaultUncaughtExceptionHandler(new LastResort());
  }

  @Override
  public void uncaughtException(Thread thread, Throwable error) {
    if (!isFatal(error)) {
      log.error("A task of the thread {} failed", thread.getName(), error);
      return;
    }
    try {
      log.error("The process ends with code {}: {}", BROKEN, thread.getName(), error);
    } finally {
      Runtime.getRuntime().halt(BROKEN);
    }
  }

  private static boolean isFatal(Throwable error) {
    return error instanceof Error || error instanceof VitalThreadException;
  }
}
