package dev.tapeline.access.policy;

import dev.tapeline.core.Channel;
import dev.tapeline.core.InnerNames;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of one client. Whatever the rules say, personal channels are read by their owner
 * alone, and nobody reads or publishes on {@link InnerNames}. Safe for all threads.
 */
public final class Permissions {

  private static final Permissions NOTHING =
      new Permissions(null, Map.of(), Role.NO_LIMITS, PersonalChannels.NONE);

  private final @Nullable String subject;
  private final Map<Verb, Rules.Bound> rules = new EnumMap<>(Verb.class);
  private final Role.Limits limits;
  private final PersonalChannels personal;

  /**
   * @param subject the name of the user; null for a client without a name
   */
  Permissions(
      @Nullable String subject,
      Map<Verb, Rules> rules,
      Role.Limits limits,
      PersonalChannels personal) {
    this.subject = subject;
    this.limits = limits;
    this.personal = personal;
    rules.forEach((verb, rule) -> this.rules.put(verb, rule.bind(subject)));
  }

  /** The permissions of a client that has not authenticated yet. */
  public static Permissions nothing() {
    return NOTHING;
  }

  public Role.Limits limits() {
    return limits;
  }

  /** Whether the client may do this on a channel. */
  public boolean may(Verb verb, String channel) {
    Rules.Bound bound = rules.get(verb);
    if (bound == null || (verb != Verb.ADMIN && InnerNames.isInner(channel))) {
      return false;
    }
    return switch (verb) {
      case SUBSCRIBE, HISTORY -> personal.isOpenTo(subject, channel) && bound.allows(channel);
      case PUBLISH -> bound.allowsByName(channel, personal);
      case ADMIN -> bound.allows(channel);
    };
  }

  public boolean may(AdminAct act) {
    return may(Verb.ADMIN, act.text());
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
    return may ? Optional.empty() : Optional.of(reason(verb, selector));
  }

  private static String reason(Verb verb, Selector selector) {
    return InnerNames.areAll(selector)
        ? "'%s' is not for clients: Redis and the nodes use it among themselves"
            .formatted(selector.text())
        : "you may not %s '%s'".formatted(verb.text(), selector.text());
  }

  private boolean maySome(Verb verb, Pattern pattern) {
    Rules.Bound bound = rules.get(verb);
    return bound != null
        && !InnerNames.areAll(pattern)
        && bound.allowsSome(pattern)
        && !personal.isOthersAlone(subject, pattern);
  }
}
