package dev.tapeline.feed.dhan.packet;

import dev.tapeline.market.instrument.Instrument;
import org.jspecify.annotations.Nullable;

/** An exchange segment: requests have its name, packets its number. */
public enum Segment {
  IDX_I(0),
  NSE_EQ(1),
  NSE_FNO(2),
  NSE_CURRENCY(3),
  BSE_EQ(4),
  MCX_COMM(5),
  BSE_CURRENCY(7),
  BSE_FNO(8);

  private static final @Nullable Segment[] BY_NUMBER = byNumber();

  private final int number;

  Segment(int number) {
    this.number = number;
  }

  private static @Nullable Segment[] byNumber() {
    @Nullable Segment[] all = new @Nullable Segment[9];
    for (Segment segment : values()) {
      all[segment.number] = segment;
    }
    return all;
  }

  public int number() {
    return number;
  }

  /** The segment of this number; null if there is none. */
  public static @Nullable Segment of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
  }

  /** The segment of this name; null if there is none. */
  public static @Nullable Segment of(String name) {
    for (Segment segment : values()) {
      if (segment.name().equals(name)) {
        return segment;
      }
    }
    return null;
  }

  /** The segment of an instrument; null if it is none of Dhan's. */
  public static @Nullable Segment of(Instrument instrument) {
    return of(instrument.segment());
  }
}
