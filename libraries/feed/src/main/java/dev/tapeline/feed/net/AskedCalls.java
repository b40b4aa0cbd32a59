package dev.tapeline.feed.net;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.vendor.VendorCalls.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls whose answers go to those who asked, and not to the conversation. A call that is under
 * way stays here until its end, also when its asker has given it up, so that the conversation never
 * gets its answer. Safe for all threads.
 */
final class AskedCalls {

  private static final String ENDED = "its feed has ended";

  private final Map<String, CompletableFuture<Reply>> asked = new ConcurrentHashMap<>();
  private volatile boolean closed;

  CompletableFuture<Reply> add(String name) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    asked.put(name, reply);
    if (closed) {
      fail(name, ENDED);
    }
    return reply;
  }

  /** Forgets a call that is not made. */
  void remove(String name) {
    asked.remove(name);
  }

  /** Passes on the answer to a call; false if it was not one of these. */
  boolean answer(String name, Reply reply) {
    @Nullable CompletableFuture<Reply> asker = asked.remove(name);
    return asker != null && (asker.complete(reply) || asker.isDone());
  }

  /** Tells that a call has no answer; false if it was not one of these. */
  boolean fail(String name, String reason) {
    @Nullable CompletableFuture<Reply> asker = asked.remove(name);
    return asker != null
        && (asker.completeExceptionally(new FeedException(reason)) || asker.isDone());
  }

  /** Tells all that there are no more answers. */
  void close() {
    closed = true;
    List.copyOf(asked.keySet()).forEach(name -> fail(name, ENDED));
  }
}
