package dev.tapeline.plant.channels;

import dev.tapeline.core.ChannelCheck;
import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.KindRules;
import java.util.List;

/** The rules for the product's own channels, which the libraries get as configuration. */
public final class ChannelRules {

  private static final String ALL = "*";

  /**
   * The kinds of the channels. A channel that carries many instruments is an event channel, as no
   * publication there replaces another.
   */
  public static final KindRules KINDS =
      new KindRules(
          List.of(
              KindRules.Rule.of(Channels.tickPattern(), ChannelKind.STATE),
              KindRules.Rule.of(Channels.TICKER + ALL, ChannelKind.STATE),
              KindRules.Rule.of(Channels.INDICATORS + ALL, ChannelKind.STATE),
              KindRules.Rule.of(Channels.OPTION_CHAIN + ALL, ChannelKind.STATE),
              KindRules.Rule.of(Channels.CHAIN + ALL, ChannelKind.STATE),
              KindRules.Rule.of(Channels.IV_INDEX + ALL, ChannelKind.STATE),
              KindRules.Rule.of(Channels.CANDLES + ALL, ChannelKind.BAR),
              KindRules.Rule.of(Channels.DEPTH + ALL, ChannelKind.DELTA)));

  /** Tells of channels that they ask for something that there is not. */
  public static final ChannelCheck CHECK = IndicatorChannel::problem;

  /** The channels that have a log. */
  public static final DurableRules DURABLE =
      DurableRules.of(
          Channels.TRADE + ALL,
          Channels.CANDLES + ALL,
          Channels.OPTION_CHAIN + ALL,
          Channels.ENGINE + ALL,
          Channels.POSITIONS + ALL,
          Channels.ALERTS + ALL);

  private ChannelRules() {}

  /** What the names of channels begin with that belong to one user, whose name follows. */
  public static List<String> personalPrefixes() {
    return List.of(Channels.POSITIONS, Channels.ALERTS);
  }

  /** The channels whose publications are sent before all others, by comma. */
  public static String priorityChannels() {
    return String.join(",", Channels.ALERTS + ALL, Channels.POSITIONS + ALL);
  }

  /** The channels that the classes of Action Cable stand for, as CLASS=CHANNEL by comma. */
  public static String cableChannels() {
    return String.join(
        ",",
        "DashboardUpdatesChannel=" + Channels.ltpUpdates(),
        "TicksChannel=" + Channels.tick("{symbol}"),
        "OptionChainChannel=" + Channels.optionChain("{symbol}", "{expiry}"),
        "CandlesChannel=" + Channels.candles("{symbol}", "{tf}"),
        "SignalsChannel=" + Channels.signal("{symbol}"));
  }
}
