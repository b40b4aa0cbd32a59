package dev.tapeline.server.settings.part;

import static dev.tapeline.hub.topic.HubLimitsBuilder.DEFAULT;

import dev.tapeline.core.Selector;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Memory;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Values;
import java.time.Duration;
import java.util.List;

/** The settings of what the hub may hold, and of what goes first. */
public final class HubSettings {

  private static final String NONE = "none";

  public static final Setting<Integer> CHANNELS =
      Setting.count(
          "MAX_CHANNELS",
          DEFAULT.maxChannels(),
          1,
          10_000_000,
          "channels on this node that have a ring. Beyond it the one idle for longest is evicted");
  public static final Setting<Integer> PATTERN_CHANNELS_PER_CLIENT =
      Setting.count(
          "MAX_PATTERN_CHANNELS_PER_CLIENT",
          DEFAULT.maxPatternChannels(),
          1,
          10_000_000,
          "channels that all patterns of one client may match together. The client is told when"
              + " there are more");
  public static final Setting<Integer> PATTERNS =
      Setting.count(
          "MAX_PATTERNS",
          DEFAULT.maxPatterns(),
          1,
          100_000,
          "different patterns of all clients of this node. A pattern that is in use already is"
              + " free");
  public static final Setting<Integer> RING_BYTES =
      new Setting<>(
          "TAPELINE_RING_BYTES",
          SettingKind.SIZE,
          new DefaultValue.OfMemory<>(
              Memory.Share.ofDirect(64, DEFAULT.ringBytes()), Math::toIntExact),
          Range.counts(1, 1 << 30),
          "what one channel keeps for clients that are behind");
  public static final Setting<Long> RINGS_TOTAL_BYTES =
      new Setting<>(
          "TAPELINE_RINGS_TOTAL_BYTES",
          SettingKind.SIZE,
          new DefaultValue.OfMemory<>(
              Memory.Share.ofDirect(4, DEFAULT.ringsTotalBytes()), Long::valueOf),
          Range.numbers(1, 1L << 40),
          "what all channels keep together for clients that are behind");
  public static final Setting<Integer> PAYLOAD_BYTES =
      Setting.size(
          "TAPELINE_MAX_PAYLOAD_BYTES",
          DEFAULT.maxPayloadBytes(),
          1,
          64 << 20,
          "longest publication that is forwarded");
  public static final Setting<Duration> SLOW_STEP =
      Setting.duration(
          "TAPELINE_SLOW_STEP",
          Duration.ofNanos(DEFAULT.slowStepNanos()),
          "how long a client may lag before it is degraded by one step");
  public static final Setting<List<Selector>> PRIORITY_CHANNELS =
      Setting.parsed(
          "PRIORITY_CHANNELS",
          SettingKind.LIST,
          ChannelRules.priorityChannels(),
          Range.parsed("channels or patterns by comma, or none", HubSettings::priority),
          "channels whose publications are sent before anything that is queued, and are neither"
              + " merged nor dropped");

  private HubSettings() {}

  static Hub.Limits from(Values values) {
    int ringBytes = values.get(RING_BYTES);
    long total = values.get(RINGS_TOTAL_BYTES);
    if (total < ringBytes) {
      throw ConfigException.contradiction(
          values.named(RING_BYTES),
          values.named(RINGS_TOTAL_BYTES),
          "one ring must fit into the total");
    }
    return new Hub.Limits(
        values.get(CHANNELS),
        values.get(PATTERN_CHANNELS_PER_CLIENT),
        values.get(PATTERNS),
        DEFAULT.maxWaiting(),
        ringBytes,
        total,
        values.get(PAYLOAD_BYTES),
        values.get(SLOW_STEP).toNanos(),
        values.get(PRIORITY_CHANNELS));
  }

  private static List<Selector> priority(String text) {
    return text.equals(NONE) ? List.of() : Range.parts(text, Selector::parse);
  }
}
