package dev.tapeline.simulate.net;

/** A fault that goes on, and how much of it is left. Owned by the server's loop. */
final class ActiveFault {

  private final Fault fault;
  private final long end;
  private final boolean counts;
  private int left;

  ActiveFault(Fault fault, long nowNanos) {
    this.fault = fault;
    this.end = fault.seconds() > 0 ? nowNanos + (long) (fault.seconds() * 1e9) : Long.MAX_VALUE;
    this.counts = fault.count() > 0 || fault.seconds() == 0;
    this.left = Math.max(1, fault.count());
  }

  Fault fault() {
    return fault;
  }

  /** Whether nothing of it is left. */
  boolean isOver(long nowNanos) {
    return (counts && left <= 0) || (end != Long.MAX_VALUE && nowNanos - end >= 0);
  }

  /** It happens once. */
  void use() {
    left--;
  }
}
