package dev.tapeline.feed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the thread of a feed and waits for it. */
public final class JoinedThread {

  private static final Logger log = LoggerFactory.getLogger(JoinedThread.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private JoinedThread() {}

  /**
   * Interrupts the thread, and waits for it a while unless it is the caller.
   *
   * @param thread null if it was never started
   */
  public static void end(@Nullable Thread thread) {
    if (thread == null || thread.equals(Thread.currentThread())) {
      return;
    }
    thread.interrupt();
    try {
      if (!thread.join(PATIENCE)) {
        log.warn("{} has not ended within {}", thread.getName(), PATIENCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
