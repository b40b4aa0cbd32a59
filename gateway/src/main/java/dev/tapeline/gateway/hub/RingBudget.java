package dev.tapeline.gateway.hub;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory rings may take: each for itself and in each shape, and all together. */
public final class RingBudget {

  private final int ringBytes;
  private final long totalBytes;
  private final AtomicLong used = new AtomicLong();

  public RingBudget(int ringBytes, long totalBytes) {
    this.ringBytes = ringBytes;
    this.totalBytes = totalBytes;
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

  boolean isExceeded() {
    return used.get() > totalBytes;
  }
}
