package dev.tapeline.feed.dhan.master;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of rows, in the order of a chain: a future, then a strike's call and put. */
enum MasterKind {
  INDEX,
  SHARE,
  FUTURE,
  CALL,
  PUT;

  private static final List<MasterKind> ALL = List.of(values());

  /** The kind of this number, as {@link #number} tells it. */
  static MasterKind of(int number) {
    return ALL.get(number);
  }

  /** Its place in the order of the kinds, from 0. */
  int number() {
    return ALL.indexOf(this);
  }

  boolean isOption() {
    return this == CALL || this == PUT;
  }

  boolean isDerivative() {
    return this == FUTURE || isOption();
  }

  /** The kind of an option by the words of the file; null for other words. */
  static @Nullable MasterKind ofOption(String type) {
    return switch (type) {
      case "CE" -> CALL;
      case "PE" -> PUT;
      default -> null;
    };
  }
}
