package dev.tapeline.feed.dhan.master;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for values of which many rows have the same, from 1; 0 stands for none. Changed by the
 * thread that builds a master only; then it may be read from any thread.
 */
final class Dictionary<T> {

  static final int NONE = 0;

  private final Map<T, Integer> numbers = new HashMap<>();
  private final List<T> values = new ArrayList<>();

  /** The number of a value, which gets one if it has none. */
  int add(@Nullable T value) {
    if (value == null) {
      return NONE;
    }
    Integer number = numbers.get(value);
    if (number == null) {
      values.add(value);
      number = values.size();
      numbers.put(value, number);
    }
    return number;
  }

  /** The number of a value; {@link #NONE} if it has none. */
  int number(T value) {
    return numbers.getOrDefault(value, NONE);
  }

  @Nullable T get(int number) {
    return number == NONE ? null : values.get(number - 1);
  }
}
