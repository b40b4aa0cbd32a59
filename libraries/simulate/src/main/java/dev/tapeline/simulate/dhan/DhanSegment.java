package dev.tapeline.simulate.dhan;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The exchange segments of Dhan, by name and number. */
public enum DhanSegment {
  IDX_I(0),
  NSE_EQ(1),
  NSE_FNO(2),
  NSE_CURRENCY(3),
  BSE_EQ(4),
  MCX_COMM(5),
  BSE_CURRENCY(7),
  BSE_FNO(8);

  private final int number;

  DhanSegment(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The segment of this name; null if there is none. */
  static @Nullable DhanSegment of(String name) {
    return Stream.of(values()).filter(one -> one.name().equals(name)).findFirst().orElse(null);
  }

  /** The id of an instrument by its key, as in {@code NSE_EQ:1333}; null if it is not Dhan's. */
  static @Nullable DhanId id(String key) {
    int colon = key.indexOf(':');
    DhanSegment segment = colon < 0 ? null : of(key.substring(0, colon));
    String security = key.substring(colon + 1);
    boolean isNumber = security.length() < 10 && security.chars().allMatch(Character::isDigit);
    return segment == null || security.isEmpty() || !isNumber
        ? null
        : new DhanId(segment.number(), Integer.parseInt(security));
  }
}
