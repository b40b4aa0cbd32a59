package dev.tapeline.access;

import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which channels a verb is allowed on: those that some {@code allow} matches and no {@code deny}.
 * Each is a channel or a pattern, in which {@code {sub}} stands for the user.
 */
record Rules(List<String> allow, List<String> deny) {

  private static final String SUBJECT = "{sub}";
  private static final String SOMEBODY = "somebody";

  static final Rules ALL = new Rules(List.of("*"), List.of());
  static final Rules NONE = new Rules(List.of(), List.of());

  Rules {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    Stream.concat(allow.stream(), deny.stream()).forEach(text -> selector(text, SOMEBODY));
  }

  /** The rules for one user; those about the user's own channels hold for nobody else. */
  Bound bind(Optional<String> subject) {
    return new Bound(bind(allow, subject), bind(deny, subject));
  }

  private static List<Selector> bind(List<String> texts, Optional<String> subject) {
    return texts.stream()
        .filter(text -> subject.isPresent() || !text.contains(SUBJECT))
        .map(text -> selector(text, subject.orElse(SOMEBODY)))
        .toList();
  }

  private static Selector selector(String text, String subject) {
    return Selector.parse(text.replace(SUBJECT, subject));
  }

  /** What is written and has no effect, in words. */
  List<String> findings() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < allow.size(); i++) {
      findings(i, found);
    }
    for (String text : deny) {
      if (allow.stream().noneMatch(allowed -> named(allowed).overlaps(named(text)))) {
        found.add("deny '%s' matches nothing that is allowed".formatted(text));
      }
    }
    return found;
  }

  private void findings(int index, List<String> found) {
    String text = allow.get(index);
    deny.stream()
        .filter(denied -> named(denied).covers(named(text)))
        .findFirst()
        .ifPresent(
            denied -> found.add("allow '%s' is hidden by deny '%s'".formatted(text, denied)));
    for (int other = 0; other < allow.size(); other++) {
      boolean hides = named(allow.get(other)).covers(named(text));
      boolean both = named(text).covers(named(allow.get(other)));
      if (other != index && hides && !(both && other > index)) {
        found.add("allow '%s' is part of allow '%s'".formatted(text, allow.get(other)));
        return;
      }
    }
  }

  private static Selector named(String text) {
    return selector(text, SOMEBODY);
  }

  /** The rules for one user. */
  record Bound(List<Selector> allow, List<Selector> deny) {

    boolean allows(String channel) {
      return allow.stream().anyMatch(rule -> rule.matches(channel))
          && deny.stream().noneMatch(rule -> rule.matches(channel));
    }

    /** Whether there can be a channel of the selection that is allowed. */
    boolean allowsSome(Selector selector) {
      return allow.stream().anyMatch(rule -> rule.overlaps(selector))
          && deny.stream().noneMatch(rule -> rule.covers(selector));
    }
  }
}
