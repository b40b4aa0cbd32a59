package dev.tapeline.core;

import java.util.List;

/**
 * The kinds of channels by pattern. The first rule that matches decides. A channel without a rule
 * is an {@link ChannelKind#EVENT} channel, because that kind never drops anything.
 */
public record KindRules(List<Rule> rules) {

  /** No rule: each channel is an {@link ChannelKind#EVENT}. */
  public static final KindRules NONE = new KindRules(List.of());

  public KindRules {
    rules = List.copyOf(rules);
  }

  /** A pattern (or a plain channel name) and the kind of what it matches. */
  public record Rule(Selector selector, ChannelKind kind) {

    public static Rule of(String selector, ChannelKind kind) {
      return new Rule(Selector.parse(selector), kind);
    }
  }

  public ChannelKind kindOf(String channel) {
    for (Rule rule : rules) {
      if (rule.selector().matches(channel)) {
        return rule.kind();
      }
    }
    return ChannelKind.EVENT;
  }
}
