package dev.tapeline.feed.vendor;

import dev.tapeline.feed.FeedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Makes calls beside a conversation, and waits for their answers. Safe for all threads. */
public final class PatientCalls {

  /** For a place in the budgets and for the answer together. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final VendorCalls calls;
  private final AtomicLong numbers = new AtomicLong();

  public PatientCalls(VendorCalls calls) {
    this.calls = calls;
  }

  /** Whether calls can be made now. */
  public boolean isOpen() {
    return calls.isOpen();
  }

  /**
   * Makes a call, under a name of its own, and waits for the answer.
   *
   * @throws FeedException if none comes within 20 s
   * @throws InterruptedException if the thread is to end
   */
  public VendorCalls.Reply ask(RestCall call) throws InterruptedException {
    String name = "past-%d %s".formatted(numbers.incrementAndGet(), call.name());
    CompletableFuture<VendorCalls.Reply> reply = calls.ask(call.named(name));
    try {
      return reply.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new FeedException("no answer within %d s".formatted(PATIENCE.toSeconds()), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new FeedException(String.valueOf(cause == null ? null : cause.getMessage()), e);
    } finally {
      reply.cancel(false);
    }
  }

  /** Makes no call of a budget for a while. */
  public void rest(String budget, Duration pause) {
    calls.rest(budget, pause);
  }
}
