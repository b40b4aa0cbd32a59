package dev.tapeline.simulate.dhan;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much a client wants to know of an instrument; the code after it unsubscribes. */
enum FeedMode {
  TICKER(15),
  QUOTE(17),
  /** Of the first version, which the second one does not answer. */
  OLD_DEPTH(19),
  FULL(21);

  private final int code;

  FeedMode(int code) {
    this.code = code;
  }

  /** The mode that this code subscribes to; null if it does not. */
  static @Nullable FeedMode subscribedBy(int code) {
    return Stream.of(values()).filter(mode -> mode.code == code).findFirst().orElse(null);
  }

  /** The mode that this code unsubscribes from; null if it does not. */
  static @Nullable FeedMode unsubscribedBy(int code) {
    return subscribedBy(code - 1);
  }
}
