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

  /** Another pattern's {@code *} stands for anything, so only a {@code *} of this one covers it. */
  @Override
  public boolean covers(Selector other) {
    return matches(other.text());
  }

  @Override
  public boolean overlaps(Selector other) {
    return other instanceof Pattern(String theirs) ? overlap(text, theirs) : other.overlaps(this);
  }

  /** Whether a name can match both texts; compares their suffixes, from the ends on. */
  private static boolean overlap(String a, String b) {
    boolean[] next = new boolean[b.length() + 1];
    for (int i = a.length(); i >= 0; i--) {
      boolean[] row = new boolean[b.length() + 1];
      for (int j = b.length(); j >= 0; j--) {
        boolean aEnds = i == a.length();
        boolean bEnds = j == b.length();
        if (!aEnds && a.charAt(i) == '*') {
          row[j] = next[j] || (!bEnds && row[j + 1]);
        } else if (!bEnds && b.charAt(j) == '*') {
          row[j] = row[j + 1] || (!aEnds && next[j]);
        } else {
          row[j] = aEnds ? bEnds : !bEnds && a.charAt(i) == b.charAt(j) && next[j + 1];
        }
      }
      next = row;
    }
    return next[0];
  }

  @Override
  public String toString() {
    return text;
  }
}
