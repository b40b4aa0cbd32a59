package dev.tapeline.redis;

import dev.tapeline.core.Channel;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Selector;

/** Which selectors can mean durable channels, and which plain ones. */
final class Globs {

  private Globs() {}

  static boolean mayBeDurable(Selector selector, DurableRules rules) {
    return rules.rules().stream().anyMatch(rule -> meet(rule.selector().text(), selector.text()));
  }

  /** A rule that matches the pattern's own text matches whatever the pattern matches. */
  static boolean mayBePlain(Selector selector, DurableRules rules) {
    return selector instanceof Channel(String name)
        ? !rules.isDurable(name)
        : rules.rules().stream().noneMatch(rule -> rule.selector().matches(selector.text()));
  }

  /** Whether some name matches both. */
  static boolean meet(String a, String b) {
    boolean[] next = new boolean[b.length() + 1];
    for (int i = a.length(); i >= 0; i--) {
      boolean[] row = new boolean[b.length() + 1];
      for (int j = b.length(); j >= 0; j--) {
        row[j] = meet(a, i, b, j, row, next);
      }
      next = row;
    }
    return next[0];
  }

  private static boolean meet(String a, int i, String b, int j, boolean[] row, boolean[] next) {
    boolean moreA = i < a.length();
    boolean moreB = j < b.length();
    if (!moreA && !moreB) {
      return true;
    }
    if (moreA && a.charAt(i) == '*') {
      return next[j] || (moreB && row[j + 1]);
    }
    if (moreB && b.charAt(j) == '*') {
      return row[j + 1] || (moreA && next[j]);
    }
    return moreA && moreB && a.charAt(i) == b.charAt(j) && next[j + 1];
  }
}
