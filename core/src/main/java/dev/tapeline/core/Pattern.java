package dev.tapeline.core;

/**
 * A channel name in which each {@code *} matches any run of characters, also none; nothing else is
 * special. Matching takes at most the product of both lengths in steps, whatever the pattern.
 */
public record Pattern(String text) implements Selector {

  /**
   * @throws InvalidNameException naming what is wrong with the text
   */
  public Pattern {
    Names.check(text, true);
  }

  public static Pattern parse(String text) {
    return new Pattern(text);
  }

  @Override
  public boolean matches(String channel) {
    int p = 0;
    int c = 0;
    int star = -1;
    int resume = 0;
    while (c < channel.length()) {
      if (p < text.length() && text.charAt(p) == '*') {
        star = p++;
        resume = c;
      } else if (p < text.length() && text.charAt(p) == channel.charAt(c)) {
        p++;
        c++;
      } else if (star >= 0) {
        p = star + 1;
        c = ++resume;
      } else {
        return false;
      }
    }
    while (p < text.length() && text.charAt(p) == '*') {
      p++;
    }
    return p == text.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
