package dev.tapeline.bench.cli;

import java.util.function.Supplier;

/** The check of an option's value. */
public final class OptionCheck {

  private OptionCheck() {}

  /**
   * Checks an option.
   *
   * @param allowed what the option may be, as the error says it
   * @throws OptionException unless the condition holds
   */
  public static void check(boolean holds, String option, String allowed) {
    if (!holds) {
      throw new OptionException("%s is %s".formatted(option, allowed));
    }
  }

  /**
   * Reads the value of an option.
   *
   * @param reading throws an {@link IllegalArgumentException} that says what is allowed
   * @throws OptionException if the value can't be read
   */
  public static <T> T read(String option, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new OptionException(option + ": " + e.getMessage(), e);
    }
  }
}
