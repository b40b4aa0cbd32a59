package dev.tapeline.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rules that give channels a log. The first rule that matches decides. A channel without a rule
 * is plain: it is not kept, and each node numbers it for itself.
 */
public record DurableRules(List<Rule> rules) {

  /** At most 1,000 publications, one hour and 1 MiB. */
  public static final LogBounds DEFAULT_BOUNDS = new LogBounds(1_000, Duration.ofHours(1), 1 << 20);

  /** No channel has a log. */
  public static final DurableRules NONE = new DurableRules(List.of());

  public DurableRules {
    rules = List.copyOf(rules);
  }

  /** Rules with the default bounds, in which plain messages are adopted. */
  public static DurableRules of(String... selectors) {
    return new DurableRules(
        List.of(selectors).stream()
            .map(text -> new Rule(Selector.parse(text), DEFAULT_BOUNDS, Plain.ADOPT))
            .toList());
  }

  public Optional<Rule> ruleFor(String channel) {
    for (Rule rule : rules) {
      if (rule.selector().matches(channel)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  public boolean isDurable(String channel) {
    return ruleFor(channel).isPresent();
  }

  /** Whether some channel that the selector matches has a log. */
  public boolean mayBeDurable(Selector selector) {
    return rules.stream().anyMatch(rule -> rule.selector().overlaps(selector));
  }

  /** Whether some channel that the selector matches has no log, as far as single rules can tell. */
  public boolean mayBePlain(Selector selector) {
    return rules.stream().noneMatch(rule -> rule.selector().covers(selector));
  }

  /** A pattern (or a plain channel name), and how the logs of what it matches are kept. */
  public record Rule(Selector selector, LogBounds bounds, Plain plain) {}

  /** How to handle messages that others publish on the channel without its log. */
  public enum Plain {

    /** One node puts them into the log. Publications of the log are never published plainly. */
    ADOPT,

    /** They are ignored and counted. Publications of the log are published plainly too. */
    MIRROR
  }
}
