package dev.tapeline.core;

import org.jspecify.annotations.Nullable;

/** The rules for names of channels and patterns. */
final class Names {

  static final int MAX_LENGTH = 200;
  private static final int SHOWN = 20;

  private Names() {}

  static void check(String name, boolean pattern) {
    String problem = problem(name, pattern);
    if (problem != null) {
      throw new InvalidNameException(problem);
    }
  }

  /** What is wrong with the name, or null. */
  static @Nullable String problem(String name, boolean pattern) {
    if (name.isEmpty()) {
      return "a channel name must not be empty";
    }
    if (name.length() > MAX_LENGTH) {
      return "a channel name has at most %d characters, this one has %d: %s"
          .formatted(MAX_LENGTH, name.length(), printable(Excerpt.of(name, SHOWN)));
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (isForbidden(c, pattern)) {
        return "a channel name must not hold %s, found at character %d of %s"
            .formatted(described(c), i + 1, printable(name));
      }
      if (Character.isSurrogate(c)) {
        if (!isPair(name, i)) {
          return "a channel name must be valid Unicode; half a surrogate pair at character %d"
              .formatted(i + 1);
        }
        i++;
      }
    }
    return null;
  }

  private static boolean isForbidden(char c, boolean pattern) {
    return switch (c) {
      case '?', '[', ']', '\\' -> true;
      case '*' -> !pattern;
      default -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    };
  }

  private static boolean isPair(String name, int i) {
    return Character.isHighSurrogate(name.charAt(i))
        && i + 1 < name.length()
        && Character.isLowSurrogate(name.charAt(i + 1));
  }

  private static String described(char c) {
    return switch (c) {
      case '?', '[', ']', '\\', '*' -> "'" + c + "'";
      default -> "the control character U+%04X".formatted((int) c);
    };
  }

  private static String printable(String name) {
    StringBuilder out = new StringBuilder("\"");
    name.chars().forEach(c -> out.append(Character.isISOControl(c) ? '\uFFFD' : (char) c));
    return out.append('"').toString();
  }
}
