package dev.tapeline.feed.dhan.master;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exchange segments of the feed. Where several rows would have the same symbol, it goes to the
 * row of the segment that stands first here.
 */
enum MasterSegment {
  IDX_I,
  NSE_EQ,
  BSE_EQ,
  NSE_FNO,
  BSE_FNO,
  MCX_COMM,
  NSE_CURRENCY,
  BSE_CURRENCY;

  private static final List<MasterSegment> ALL = List.of(values());

  /** The segment of the exchange and the letter of the file; null if the feed has none. */
  static @Nullable MasterSegment of(String exchange, String letter) {
    return switch (exchange + "/" + letter) {
      case "NSE/I", "BSE/I" -> IDX_I;
      case "NSE/E" -> NSE_EQ;
      case "NSE/D" -> NSE_FNO;
      case "NSE/C" -> NSE_CURRENCY;
      case "BSE/E" -> BSE_EQ;
      case "BSE/D" -> BSE_FNO;
      case "BSE/C" -> BSE_CURRENCY;
      case "MCX/M" -> MCX_COMM;
      default -> null;
    };
  }

  /** The segment of this number, as {@link #number} tells it. */
  static MasterSegment of(int number) {
    return ALL.get(number);
  }

  /** The segment of this name; null if there is none. */
  static @Nullable MasterSegment named(String name) {
    return ALL.stream().filter(it -> it.name().equals(name)).findFirst().orElse(null);
  }

  /** Its place in the order of the segments, from 0. */
  int number() {
    return ALL.indexOf(this);
  }

  boolean isOfBse() {
    return this == BSE_EQ || this == BSE_FNO || this == BSE_CURRENCY;
  }

  boolean isCash() {
    return this == IDX_I || this == NSE_EQ || this == BSE_EQ;
  }
}
