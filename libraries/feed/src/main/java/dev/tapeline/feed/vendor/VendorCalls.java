package dev.tapeline.feed.vendor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Calls to a vendor beside the conversation of its feed, within the same budgets. The conversation
 * and a recording of it hear nothing of them. Safe for all threads.
 */
public interface VendorCalls {

  /**
   * An answer, of any status.
   *
   * @param body never written to again
   */
  @SuppressWarnings("ArrayRecordComponent") // one owner after the other, and not compared
  record Reply(int status, byte[] body) {}

  /** Whether calls can be made now: the feed runs on this node. */
  boolean isOpen();

  /**
   * Makes a call as soon as its budgets allow. It ends with a {@link
   * dev.tapeline.feed.FeedException} if there is no answer. A call that is cancelled while it waits
   * is not made.
   *
   * @param call with a name that no other call has
   */
  CompletableFuture<Reply> ask(RestCall call);

  /** Makes no call of a budget for a while, as after an answer 429. */
  void rest(String budget, Duration pause);
}
