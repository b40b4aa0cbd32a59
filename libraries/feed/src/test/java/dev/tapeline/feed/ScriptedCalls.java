package dev.tapeline.feed;

import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.VendorCalls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls that are answered with what was recorded, in order. Owned by the test's thread. */
public final class ScriptedCalls implements VendorCalls {

  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<RestCall> calls = new ArrayList<>();
  private final List<String> rested = new ArrayList<>();

  /** Answers the next call with this; the calls after it with what is added after it. */
  public ScriptedCalls answer(int status, String body) {
    replies.add(new Reply(status, body.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** The calls so far. */
  public List<RestCall> calls() {
    return List.copyOf(calls);
  }

  /** The budgets that were told to rest. */
  public List<String> rested() {
    return List.copyOf(rested);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public CompletableFuture<Reply> ask(RestCall call) {
    calls.add(call);
    Reply reply = replies.poll();
    return reply == null
        ? CompletableFuture.failedFuture(new FeedException("nobody answers"))
        : CompletableFuture.completedFuture(reply);
  }

  @Override
  public void rest(String budget, Duration pause) {
    rested.add(budget);
  }
}
