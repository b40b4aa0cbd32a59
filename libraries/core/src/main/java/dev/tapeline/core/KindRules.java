package dev.tapeline.core;

import java.util.List;

/**
 * The kinds of channels by pattern; the first rule that matches decides, {@link ChannelKind#EVENT}
 * where none does, for it is the one that never drops anything.
 */
public record KindRules(List<Rule> rules) {

  /**
   * The channels of the contract. Those that carry many instruments are events: none replaces
   * another.
   */
  public static final KindRules DEFAULT =
      new KindRules(
          List.of(
              Rule.of("market:tick:*", ChannelKind.STATE),
              Rule.of("ticker@*", ChannelKind.STATE),
              Rule.of("indicators:*", ChannelKind.STATE),
              Rule.of("option-chain:*", ChannelKind.STATE),
              Rule.of("ivdex:*", ChannelKind.STATE),
              Rule.of("candles:*", ChannelKind.BAR),
              Rule.of("depth@*", ChannelKind.DELTA)));

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
