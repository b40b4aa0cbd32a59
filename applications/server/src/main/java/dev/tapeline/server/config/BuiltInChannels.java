package dev.tapeline.server.config;

import dev.tapeline.access.PersonalChannels;
import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.KindRules;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.Keys;
import dev.tapeline.redis.receive.LatestListRule;
import java.util.List;

/** The rules for this product's own channels, which the libraries get as configuration. */
public final class BuiltInChannels {

  /**
   * The kinds of the channels. A channel that carries many instruments is an event channel, as no
   * publication there replaces another.
   */
  public static final KindRules KINDS =
      new KindRules(
          List.of(
              KindRules.Rule.of("market:tick:*", ChannelKind.STATE),
              KindRules.Rule.of("ticker@*", ChannelKind.STATE),
              KindRules.Rule.of("indicators:*", ChannelKind.STATE),
              KindRules.Rule.of("option-chain:*", ChannelKind.STATE),
              KindRules.Rule.of("ivdex:*", ChannelKind.STATE),
              KindRules.Rule.of("candles:*", ChannelKind.BAR),
              KindRules.Rule.of("depth@*", ChannelKind.DELTA)));

  /** The channels that have a log. */
  public static final DurableRules DURABLE =
      DurableRules.of(
          "trade@*", "candles:*", "option-chain:*", "engine:*", "positions:*", "alerts:*");

  /** The lists of recent ticks in Redis, each of which begins with its channel's newest one. */
  public static final List<LatestListRule> LATEST_LISTS =
      List.of(LatestListRule.of(Channels.tickPattern(), Keys.recentTicks("")));

  /** The channels that their owner alone may read. */
  public static final PersonalChannels PERSONAL =
      PersonalChannels.of(ChannelRules.personalPrefixes());

  private BuiltInChannels() {}
}
