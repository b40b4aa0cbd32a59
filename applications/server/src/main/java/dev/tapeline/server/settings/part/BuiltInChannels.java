package dev.tapeline.server.settings.part;

import dev.tapeline.access.policy.PersonalChannels;
import dev.tapeline.core.Channel;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.Keys;
import dev.tapeline.protocols.cable.CableMapping;
import dev.tapeline.redis.receive.LatestListRule;
import java.util.List;

/** The names and rules of {@code plant.channels} in the types of the libraries that get them. */
public final class BuiltInChannels {

  /** The lists of recent ticks in Redis, each of which begins with its channel's newest one. */
  public static final List<LatestListRule> LATEST_LISTS =
      List.of(LatestListRule.of(Channels.tickPattern(), Keys.recentTicks("")));

  /** The channels that their owner alone may read. */
  public static final PersonalChannels PERSONAL =
      PersonalChannels.of(ChannelRules.personalPrefixes());

  /** The channel that carries the ticks of all instruments. */
  public static final Channel ALL_TICKS = Channel.of(Channels.allTicks());

  /** The channels that the classes of Action Cable stand for unless configured otherwise. */
  public static final CableMapping CABLE = CableMapping.parse(ChannelRules.cableChannels());

  private BuiltInChannels() {}
}
