package dev.tapeline.hub.lane;

import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One client's unanswered requests, in order. Those for the same selector are answered in turn, so
 * that the last one takes effect. Owned by the session's lane.
 */
public final class OpenRequests {

  private final List<OpenRequest> open = new ArrayList<>(0);

  public void begin(OpenRequest call) {
    open.add(call);
  }

  /** Removes an answered request, and lets those behind it go on. */
  public void end(OpenRequest call) {
    open.remove(call);
    proceed(later -> call.selectors().stream().anyMatch(later.selectors()::contains));
  }

  /** Whether an earlier request is for one of the same selectors. */
  public boolean isBehindAnother(OpenRequest call) {
    return open.stream()
        .takeWhile(earlier -> !earlier.equals(call))
        .anyMatch(
            earlier -> earlier.selectors().stream().filter(earlier::isFor).anyMatch(call::isFor));
  }

  /** Takes a selector out of all requests, as the client has unsubscribed. */
  void withdraw(Selector selector) {
    open.forEach(call -> call.withdraw(selector));
    proceed(call -> call.selectors().contains(selector));
  }

  private void proceed(Predicate<OpenRequest> with) {
    open.stream().filter(with).toList().forEach(OpenRequest::proceed);
  }
}
