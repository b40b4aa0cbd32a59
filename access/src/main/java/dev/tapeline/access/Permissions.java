package dev.tapeline.access;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one client may do. Positions and alerts are their owner's alone, whatever the rules say.
 * Safe for all threads.
 */
public final class Permissions {

  /** Behind these in a channel's name stands the user whose it is. */
  static final List<String> PERSONAL = List.of("positions:", "alerts:");

  private static final Permissions NOTHING =
      new Permissions(Optional.empty(), Map.of(), Role.NO_LIMITS);

  private final Optional<String> subject;
  private final Map<Verb, Rules.Bound> rules = new EnumMap<>(Verb.class);
  private final Role.Limits limits;

  Permissions(Optional<String> subject, Map<Verb, Rules> rules, Role.Limits limits) {
    this.subject = subject;
    this.limits = limits;
    rules.forEach((verb, rule) -> this.rules.put(verb, rule.bind(subject)));
  }

  /** Of a client that has yet to say who it is. */
  public static Permissions nothing() {
    return NOTHING;
  }

  public Role.Limits limits() {
    return limits;
  }

  public boolean may(Verb verb, String channel) {
    Rules.Bound bound = rules.get(verb);
    return bound != null && isOwn(channel) && bound.allows(channel);
  }

  private boolean isOwn(String channel) {
    for (String prefix : PERSONAL) {
      if (channel.startsWith(prefix)) {
        return subject.isPresent() && channel.substring(prefix.length()).equals(subject.get());
      }
    }
    return true;
  }

  /**
   * Why the client may not do this; empty if it may. A pattern is refused only if none of its
   * channels is allowed: the others are left out as they appear.
   */
  public Optional<String> refusal(Verb verb, Selector selector) {
    boolean may =
        switch (selector) {
          case Channel channel -> may(verb, channel.name());
          case Pattern pattern -> maySome(verb, pattern);
        };
    return may
        ? Optional.empty()
        : Optional.of("you may not %s '%s'".formatted(verb.text(), selector.text()));
  }

  private boolean maySome(Verb verb, Pattern pattern) {
    Rules.Bound bound = rules.get(verb);
    return bound != null && bound.allowsSome(pattern) && !isOnlyPersonal(pattern);
  }

  /** Whether only others' positions or alerts match. */
  private boolean isOnlyPersonal(Pattern pattern) {
    return PERSONAL.stream()
        .anyMatch(prefix ->
            Pattern.parse(prefix + "*").covers(pattern)
                && subject.filter(own -> pattern.matches(prefix + own)).isEmpty());
  }
}
