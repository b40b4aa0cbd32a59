package dev.tapeline.redis.demand;

import dev.tapeline.core.InvalidNameException;
import dev.tapeline.core.Selector;
import org.jspecify.annotations.Nullable;

/**
 * One node wants a selector, or no longer.
 *
 * @param wanted false if it no longer does
 */
record WishChange(Selector selector, boolean wanted) {

  String text() {
    return (wanted ? "+" : "-").concat(selector.text());
  }

  /** Inverts {@link #text}; null if the text is none of a change. */
  static @Nullable WishChange parse(String text) {
    boolean wanted = text.startsWith("+");
    Selector selector = wanted || text.startsWith("-") ? selector(text.substring(1)) : null;
    return selector == null ? null : new WishChange(selector, wanted);
  }

  /** Reads a name or a pattern; null if it can't be one, as another version may have told it. */
  static @Nullable Selector selector(String text) {
    try {
      return Selector.parse(text);
    } catch (InvalidNameException e) {
      return null;
    }
  }
}
