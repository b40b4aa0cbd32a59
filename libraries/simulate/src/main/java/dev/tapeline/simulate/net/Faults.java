package dev.tapeline.simulate.net;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults that go on, at most {@value #MAX_ACTIVE}. Owned by the server's loop. */
final class Faults {

  static final int MAX_ACTIVE = 100;

  private final LongSupplier nanos;
  private final List<ActiveFault> active = new ArrayList<>();

  Faults(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * @throws IllegalStateException if there are too many
   */
  void add(Fault fault) {
    forgetOver();
    if (active.size() >= MAX_ACTIVE) {
      throw new IllegalStateException("%d faults go on already".formatted(active.size()));
    }
    active.add(new ActiveFault(fault, nanos.getAsLong()));
  }

  void clear() {
    active.clear();
  }

  /** The kinds of those that go on. */
  List<String> kinds() {
    forgetOver();
    return active.stream().map(one -> one.fault().kind().word()).toList();
  }

  private void forgetOver() {
    active.removeIf(one -> one.isOver(nanos.getAsLong()));
  }

  /** Uses the first fault for a new connection, if there is one. */
  boolean takeRefusal() {
    return take(fault -> fault.kind() == FaultKind.REFUSE) != null;
  }

  /** Uses the first fault for an answer; null if there is none. */
  @Nullable Fault takeForAnswer() {
    return take(fault -> fault.kind().scope() == FaultKind.Scope.ANSWER);
  }

  /** Uses each kind of fault for a message of this socket once. */
  List<Fault> takeForMessage(int socket) {
    if (active.isEmpty()) {
      return List.of();
    }
    List<Fault> used = new ArrayList<>();
    forgetOver();
    for (ActiveFault one : active) {
      Fault fault = one.fault();
      if (fault.kind().scope() == FaultKind.Scope.MESSAGE && fault.isFor(socket)) {
        one.use();
        used.add(fault);
      }
    }
    return used;
  }

  /** Whether a socket is to be silent now. */
  boolean isSilent(int socket) {
    return active.stream()
        .filter(one -> !one.isOver(nanos.getAsLong()))
        .map(ActiveFault::fault)
        .anyMatch(fault -> fault.kind() == FaultKind.SILENCE && fault.isFor(socket));
  }

  private @Nullable Fault take(Predicate<Fault> wanted) {
    forgetOver();
    for (ActiveFault one : active) {
      if (wanted.test(one.fault())) {
        one.use();
        return one.fault();
      }
    }
    return null;
  }
}
