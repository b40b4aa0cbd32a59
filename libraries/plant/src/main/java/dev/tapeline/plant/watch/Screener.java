package dev.tapeline.plant.watch;

import dev.tapeline.market.instrument.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named list of instruments that is watched whether or not anybody listens.
 *
 * @param type what kind of list it is, in the words of those who made it; null if they say nothing
 * @param symbols such as {@code RELIANCE}
 * @param keys such as {@code NSE_EQ:2885}
 */
public record Screener(
    String name, @Nullable String type, List<String> symbols, List<String> keys) {

  /** How many instruments a list may have. */
  public static final int MAX_INSTRUMENTS = 5_000;

  /**
   * @throws IllegalArgumentException naming what can't be a name, a symbol or a key
   */
  public Screener {
    symbols = List.copyOf(symbols);
    keys = List.copyOf(keys);
    check(Reference.isValidPart(name), "'%s' is no name: use letters, digits and _ - . &", name);
    check(type == null || Reference.isValidPart(type), "'%s' is no type of a screener", type);
    symbols.forEach(symbol -> check(Reference.isValidPart(symbol), "'%s' is no symbol", symbol));
    keys.forEach(key -> check(Reference.isValidKey(key), "'%s' is no key: write SEGMENT:ID", key));
    int size = symbols.size() + keys.size();
    check(size > 0, "a screener names symbols or keys%s", "");
    check(size <= MAX_INSTRUMENTS, "a screener has at most 5,000 instruments, not %s", size);
  }

  private static void check(boolean holds, String problem, @Nullable Object value) {
    if (!holds) {
      String shown = String.valueOf(value);
      throw new IllegalArgumentException(
          problem.formatted(shown.substring(0, Math.min(64, shown.length()))));
    }
  }
}
