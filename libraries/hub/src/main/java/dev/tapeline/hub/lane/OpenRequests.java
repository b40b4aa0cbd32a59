package dev.tapeline.hub.lane;

import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One client's requests that are still to be answered, in order: those for the same channel are
 * answered one after the other, so that the last one holds. Owned by the session's lane.
 */
public final class OpenRequests {

  private final List<OpenRequest> open = new ArrayList<>(0);

  public void begin(OpenRequest call) {
    open.add(call);
  }

  /** It has been answered, and those behind it may be. */
  public void end(OpenRequest call) {
    open.remove(call);
    proceed(later -> call.selectors().stream().anyMatch(later.selectors()::contains));
  }

  /** Whether an earlier one is for something that this one is for too. */
  public boolean isBehindAnother(OpenRequest call) {
    return open.stream()
        .takeWhile(earlier -> !earlier.equals(call))
        .anyMatch(
            earlier -> earlier.selectors().stream().filter(earlier::isFor).anyMatch(call::isFor));
  }

  /** The client wants it no more: what is left of these requests may be answered. */
  void withdraw(Selector selector) {
    open.forEach(call -> call.withdraw(selector));
    proceed(call -> call.selectors().contains(selector));
  }

  private void proceed(Predicate<OpenRequest> with) {
    open.stream().filter(with).toList().forEach(OpenRequest::proceed);
  }
}
