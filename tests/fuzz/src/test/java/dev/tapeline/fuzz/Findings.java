package dev.tapeline.fuzz;

/** What is wrong with a decoder. */
public final class Findings {

  private Findings() {}

  /**
   * @throws AssertionError with this text, unless all is well
   */
  public static void check(boolean well, String text, Object... values) {
    if (!well) {
      throw new AssertionError(text.formatted(values));
    }
  }
}
