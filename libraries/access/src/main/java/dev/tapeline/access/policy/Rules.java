package dev.tapeline.access.policy;

import dev.tapeline.core.Selector;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The channels that a verb is allowed on: those that at least one {@code allow} rule and no {@code
 * deny} rule matches. Each rule is a channel or a pattern, in which {@code {sub}} stands for the
 * user's name.
 */
record Rules(List<String> allow, List<String> deny) {

  private static final String SUBJECT = "{sub}";
  private static final String SOMEBODY = "somebody";

  static final Rules ALL = new Rules(List.of("*"), List.of());

  Rules {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    Stream.concat(allow.stream(), deny.stream()).forEach(Rules::named);
  }

  /** Every channel, with rules that name the personal ones. */
  static Rules allByName(PersonalChannels personal) {
    Stream<String> named = personal.patterns().stream().map(Selector::text);
    return new Rules(Stream.concat(ALL.allow().stream(), named).toList(), List.of());
  }

  /**
   * The rules for one user.
   *
   * @param subject the user's name; null leaves out rules with {@code {sub}}
   */
  Bound bind(@Nullable String subject) {
    return new Bound(bind(allow, subject), bind(deny, subject));
  }

  private static List<Selector> bind(List<String> texts, @Nullable String subject) {
    return texts.stream()
        .filter(text -> subject != null || !text.contains(SUBJECT))
        .map(text -> selector(text, subject == null ? SOMEBODY : subject))
        .toList();
  }

  private static Selector selector(String text, String subject) {
    return Selector.parse(text.replace(SUBJECT, subject));
  }

  /** A rule as a selector, with a placeholder for the user's name. */
  static Selector named(String text) {
    return selector(text, SOMEBODY);
  }

  /** The rules for one user. */
  record Bound(List<Selector> allow, List<Selector> deny) {

    boolean allows(String channel) {
      return allow.stream().anyMatch(rule -> rule.matches(channel)) && !denies(channel);
    }

    /** As {@link #allows}, but a personal channel only by a rule about such channels alone. */
    boolean allowsByName(String channel, PersonalChannels personal) {
      boolean needsName = personal.covers(named(channel));
      return allow.stream()
              .anyMatch(rule -> rule.matches(channel) && (!needsName || personal.covers(rule)))
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
