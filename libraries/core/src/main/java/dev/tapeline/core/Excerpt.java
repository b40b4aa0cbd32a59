package dev.tapeline.core;

/** The beginning of a long text, for messages and logs. */
public final class Excerpt {

  private Excerpt() {}

  /**
   * The text, or the beginning of a longer one with an ellipsis. A surrogate pair is never cut in
   * half.
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }
}
