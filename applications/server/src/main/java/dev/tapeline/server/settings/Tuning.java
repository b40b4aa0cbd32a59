package dev.tapeline.server.settings;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.KindRules;
import dev.tapeline.core.Selector;
import dev.tapeline.gateway.listen.Transport;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.protocols.cable.CableMapping;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Memory;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Values;
import dev.tapeline.server.settings.part.BuiltInChannels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the gateway does its work.
 *
 * @param lanes event loops; 0 for half the processors
 * @param ringBytes what one channel keeps for its subscribers
 * @param ringsTotalBytes what all channels keep together
 * @param logsTotalBytes what all logs in this process keep together; the newest values of plain
 *     channels take half as much, and so does the cache
 * @param kinds the user's rules, then the built-in ones
 * @param slowStep how long a client may lag before it is degraded by one step
 * @param priorityChannels channels whose publications are sent before all others
 * @param compression whether clients that offer permessage-deflate get it
 * @param cable the channels that the classes of Action Cable stand for
 */
public record Tuning(
    Transport transport,
    int lanes,
    int ringBytes,
    long ringsTotalBytes,
    long logsTotalBytes,
    KindRules kinds,
    Duration slowStep,
    List<Selector> priorityChannels,
    boolean compression,
    CableMapping cable) {

  private static final String NONE = "none";

  static final Setting<Transport> TRANSPORT =
      Setting.choice("TAPELINE_TRANSPORT", Transport.AUTO, "how the gateway talks to the kernel");
  static final Setting<Integer> LANES =
      Setting.number(
          "TAPELINE_LANES",
          0,
          Range.countsOrZero("half the processors", 256),
          "event loops of the gateway");
  static final Setting<Integer> RING_BYTES =
      new Setting<>(
          "TAPELINE_RING_BYTES",
          SettingKind.SIZE,
          new DefaultValue.OfMemory<>(Memory.Share.ofDirect(64, 4 << 20), Math::toIntExact),
          Range.counts(1, 1 << 30),
          "what one channel keeps for clients that are behind");
  static final Setting<Long> RINGS_TOTAL_BYTES =
      new Setting<>(
          "TAPELINE_RINGS_TOTAL_BYTES",
          SettingKind.SIZE,
          new DefaultValue.OfMemory<>(Memory.Share.ofDirect(4, 256 << 20), Long::valueOf),
          Range.numbers(1, 1L << 40),
          "what all channels keep together for clients that are behind");
  static final Setting<Long> LOGS_TOTAL_BYTES =
      new Setting<>(
          "TAPELINE_LOGS_TOTAL_BYTES",
          SettingKind.SIZE,
          new DefaultValue.OfMemory<>(Memory.Share.ofHeap(4, 256 << 20), Long::valueOf),
          Range.numbers(1, 1L << 40),
          "what the logs of durable channels keep together in a process without Redis, or while"
              + " Redis is away");
  static final Setting<KindRules> KINDS =
      new Setting<>(
          "TAPELINE_KINDS",
          SettingKind.LIST,
          new DefaultValue.Described<>(NONE, ChannelRules.KINDS),
          Range.lists(
                  "PATTERN=KIND by comma, KIND one of " + Range.words(ChannelKind.class),
                  Tuning::rule)
              .map(Tuning::beforeBuiltIn),
          "kinds of channels. These rules go before the built-in ones");
  static final Setting<Duration> SLOW_STEP =
      Setting.duration(
          "TAPELINE_SLOW_STEP",
          Duration.ofSeconds(5),
          "how long a client may lag before it is degraded by one step");
  static final Setting<List<Selector>> PRIORITY_CHANNELS =
      Setting.parsed(
          "PRIORITY_CHANNELS",
          SettingKind.LIST,
          ChannelRules.priorityChannels(),
          Range.parsed("channels or patterns by comma, or none", Tuning::priority),
          "channels whose publications are sent before anything that is queued, and are neither"
              + " merged nor dropped");
  static final Setting<Boolean> COMPRESSION =
      Setting.flag(
          "TAPELINE_COMPRESSION",
          true,
          "whether clients that offer permessage-deflate get messages of 512 bytes and more"
              + " compressed");
  static final Setting<CableMapping> CABLE_CHANNELS =
      Setting.parsed(
          "TAPELINE_CABLE_CHANNELS",
          SettingKind.LIST,
          CableMapping.BUILT_IN,
          Range.parsed(
              "CLASS=CHANNEL by comma, parameters as {symbol}, built-in among them for the"
                  + " built-in ones; or none",
              text -> CableMapping.parse(text, BuiltInChannels.CABLE)),
          "channels that the classes of Action Cable stand for");

  static Tuning from(Values values) {
    int ringBytes = values.get(RING_BYTES);
    long total = values.get(RINGS_TOTAL_BYTES);
    if (total < ringBytes) {
      throw ConfigException.contradiction(
          values.named(RING_BYTES),
          values.named(RINGS_TOTAL_BYTES),
          "one ring must fit into the total");
    }
    return new Tuning(
        values.get(TRANSPORT),
        values.get(LANES),
        ringBytes,
        total,
        values.get(LOGS_TOTAL_BYTES),
        values.get(KINDS),
        values.get(SLOW_STEP),
        values.get(PRIORITY_CHANNELS),
        values.get(COMPRESSION),
        values.get(CABLE_CHANNELS));
  }

  private static List<Selector> priority(String text) {
    return text.equals(NONE) ? List.of() : Range.parts(text, Selector::parse);
  }

  private static KindRules beforeBuiltIn(List<KindRules.Rule> given) {
    List<KindRules.Rule> rules = new ArrayList<>(given);
    rules.addAll(ChannelRules.KINDS.rules());
    return new KindRules(rules);
  }

  private static KindRules.Rule rule(String text) {
    int equals = text.lastIndexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("'" + text + "' has no '='");
    }
    String kind = text.substring(equals + 1).strip().toUpperCase(Locale.ROOT);
    return KindRules.Rule.of(text.substring(0, equals).strip(), ChannelKind.valueOf(kind));
  }
}
