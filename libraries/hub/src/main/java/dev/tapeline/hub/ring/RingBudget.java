package dev.tapeline.hub.ring;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that rings may take: each ring in each encoding, and all together. */
public final class RingBudget {

  private final int ringBytes;
  private final long totalBytes;
  private final AtomicLong used;

  public RingBudget(int ringBytes, long totalBytes) {
    this(ringBytes, totalBytes, new AtomicLong());
  }

  private RingBudget(int ringBytes, long totalBytes, AtomicLong used) {
    this.ringBytes = ringBytes;
    this.totalBytes = totalBytes;
    this.used = used;
  }

  /** A budget that shares the total but has no bound for each ring. */
  RingBudget withoutRingBound() {
    return new RingBudget(Integer.MAX_VALUE, totalBytes, used);
  }

  int ringBytes() {
    return ringBytes;
  }

  void add(int bytes) {
    used.addAndGet(bytes);
  }

  public long used() {
    return used.get();
  }

  public boolean isExceeded() {
    return used.get() > totalBytes;
  }
}
