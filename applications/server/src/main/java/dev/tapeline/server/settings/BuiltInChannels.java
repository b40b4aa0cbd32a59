package dev.tapeline.server.settings;

import dev.tapeline.access.PersonalChannels;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.Keys;
import dev.tapeline.redis.receive.LatestListRule;
import java.util.List;

/** The rules for this product's own channels, which the libraries get as configuration. */
public final class BuiltInChannels {

  /** The lists of recent ticks in Redis, each of which begins with its channel's newest one. */
  public static final List<LatestListRule> LATEST_LISTS =
      List.of(LatestListRule.of(Channels.tickPattern(), Keys.recentTicks("")));

  /** The channels that their owner alone may read. */
  public static final PersonalChannels PERSONAL =
      PersonalChannels.of(ChannelRules.personalPrefixes());

  private BuiltInChannels() {}
}
