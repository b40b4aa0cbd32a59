package dev.tapeline.simulate.dhan;

/** The open interest in Full packets: now, and the day's highest and lowest. */
public record DhanInterest(long value, long high, long low) {

  static final DhanInterest NONE = new DhanInterest(0, 0, 0);
}
