package dev.tapeline.access;

import dev.tapeline.core.InnerNames;
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

  /** Everything, and the personal channels by name. */
  static final Rules ALL_BY_NAME = new Rules(List.of("*", "positions:*", "alerts:*"), List.of());

  Rules {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    Stream.concat(allow.stream(), deny.stream()).forEach(Rules::named);
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

  /** What a rule matches, of somebody's channels where it is about the user's own. */
  static Selector named(String text) {
    return selector(text, SOMEBODY);
  }

  /** What is written and has no effect, in words. */
  List<String> findings(Verb verb) {
    List<String> found = new ArrayList<>();
    List<String> reaching = matching(verb, found);
    for (int i = 0; i < reaching.size(); i++) {
      findings(verb, reaching, i, found);
    }
    for (String text : deny) {
      if (reaching.stream().noneMatch(allowed -> touches(verb, allowed, text))) {
        found.add("deny '%s' matches nothing that is allowed".formatted(text));
      }
    }
    return found;
  }

  /** The rules that something can match; the others are found. */
  private List<String> matching(Verb verb, List<String> found) {
    List<String> matching = new ArrayList<>();
    for (String text : allow) {
      Optional<String> problem = problem(verb, text);
      problem.ifPresent(why -> found.add("allow '%s' %s".formatted(text, why)));
      if (problem.isEmpty()) {
        matching.add(text);
      }
    }
    return matching;
  }

  private static Optional<String> problem(Verb verb, String text) {
    if (verb == Verb.ADMIN && !isAct(named(text))) {
      return Optional.of("is no act; there are " + AdminAct.names());
    }
    return verb != Verb.ADMIN && InnerNames.areAll(named(text))
        ? Optional.of("is about names that Redis and the nodes keep for themselves")
        : Optional.empty();
  }

  private static boolean isAct(Selector rule) {
    return Stream.of(AdminAct.values()).anyMatch(act -> rule.matches(act.text()));
  }

  private void findings(Verb verb, List<String> texts, int index, List<String> found) {
    String text = texts.get(index);
    deny.stream()
        .filter(denied -> named(denied).covers(named(text)))
        .findFirst()
        .ifPresent(
            denied -> found.add("allow '%s' is hidden by deny '%s'".formatted(text, denied)));
    for (int other = 0; other < texts.size(); other++) {
      boolean hides = includes(verb, texts.get(other), text);
      boolean both = includes(verb, text, texts.get(other));
      if (other != index && hides && !(both && other > index)) {
        found.add("allow '%s' is part of allow '%s'".formatted(text, texts.get(other)));
        return;
      }
    }
  }

  /** Whether what one rule allows holds for all that the other one matches. */
  private static boolean includes(Verb verb, String allowed, String text) {
    return named(allowed).covers(named(text)) && reaches(verb, allowed, text);
  }

  private static boolean touches(Verb verb, String allowed, String denied) {
    return named(allowed).overlaps(named(denied))
        && reaches(verb, allowed, denied)
        && (verb != Verb.ADMIN || isAct(named(denied)));
  }

  /** Publishing on personal channels is allowed by rules that name them, and no others. */
  private static boolean reaches(Verb verb, String allowed, String text) {
    return verb != Verb.PUBLISH || Personal.covers(named(allowed)) || !Personal.covers(named(text));
  }

  /** The rules for one user. */
  record Bound(List<Selector> allow, List<Selector> deny) {

    boolean allows(String channel) {
      return allow.stream().anyMatch(rule -> rule.matches(channel)) && !denies(channel);
    }

    /** As {@link #allows}, but a personal channel only by a rule about such channels alone. */
    boolean allowsByName(String channel) {
      boolean personal = Personal.covers(named(channel));
      return allow.stream()
              .anyMatch(rule -> rule.matches(channel) && (!personal || Personal.covers(rule)))
          && !denies(channel);
    }

    private boolean denies(String channel) {
      return deny.stream().anyMatch(rule -> rule.matches(channel));
    }

    /** Whether there can be a channel of the selection that is allowed. */
    boolean allowsSome(Selector selector) {
      return allow.stream().anyMatch(rule -> rule.overlaps(selector))
          && deny.stream().noneMatch(rule -> rule.covers(selector));
    }
  }
}
