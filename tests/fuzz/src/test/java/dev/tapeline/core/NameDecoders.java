package dev.tapeline.core;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;
import java.util.List;
import java.util.Optional;

/** The names of channels and patterns, which reach logs and Redis. */
public final class NameDecoders {

  private NameDecoders() {}

  /** Lines of names: which are let through, and what they match. */
  public static void names(Input input) {
    List<Selector> selectors =
        input.text().lines().limit(8).flatMap(line -> parse(line).stream()).toList();
    for (Selector one : selectors) {
      for (Selector other : selectors) {
        compare(one, other);
      }
    }
  }

  private static Optional<Selector> parse(String text) {
    try {
      Selector selector = Selector.parse(text);
      check(text.chars().noneMatch(Character::isISOControl), "a control character in a name");
      check(Selector.parse(selector.text()).equals(selector), "%s is not what it was", text);
      return Optional.of(selector);
    } catch (InvalidNameException e) {
      check(isOneLine(e.getMessage()), "a message of more than one line: %s", e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isOneLine(String message) {
    return message.chars().noneMatch(Character::isISOControl);
  }

  private static void compare(Selector one, Selector other) {
    check(one.overlaps(other) == other.overlaps(one), "%s and %s overlap one way", one, other);
    check(!one.covers(other) || one.overlaps(other), "%s covers %s without overlap", one, other);
    if (other instanceof Channel(String name)) {
      check(one.matches(name) == one.overlaps(other), "%s matches %s or not", one, other);
      check(one.matches(name) == one.covers(other), "%s matches %s or not", one, other);
    }
  }
}
