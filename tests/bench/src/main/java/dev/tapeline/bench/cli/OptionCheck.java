package dev.tapeline.bench.cli;

/** The check of an option's value. */
public final class OptionCheck {

  private OptionCheck() {}

  /**
   * Checks an option.
   *
   * @param allowed what the option may be, as the error says it
   * @throws BenchException unless the condition holds
   */
  public static void check(boolean holds, String option, String allowed) {
    if (!holds) {
      throw new BenchException("%s is %s".formatted(option, allowed));
    }
  }
}
