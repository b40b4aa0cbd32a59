package dev.tapeline.server.settings.part;

import static dev.tapeline.gateway.listen.open.ClientRules.DEFAULT;

import dev.tapeline.gateway.listen.open.ClientRules;
import dev.tapeline.protocols.spi.ClientLimits;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.Values;
import java.time.Duration;

/** The settings of what one client may do. */
public final class ClientSettings {

  public static final Setting<Integer> CHANNELS_PER_CLIENT =
      Setting.count(
          "MAX_CHANNELS_PER_CLIENT",
          DEFAULT.subscriptions().maxChannels(),
          1,
          100_000,
          "channels and patterns of one client");
  public static final Setting<Integer> WILDCARDS_PER_CLIENT =
      Setting.count(
          "MAX_WILDCARD_SUBSCRIPTIONS",
          DEFAULT.subscriptions().maxWildcards(),
          1,
          1_000,
          "patterns of one client. They also count for `MAX_CHANNELS_PER_CLIENT`");
  public static final Setting<Integer> RATE_PER_SECOND =
      Setting.count(
          "RATE_LIMIT_PER_SECOND",
          DEFAULT.ratePerSecond(),
          1,
          1_000_000,
          "messages a second from one client. Each command in a Centrifugo frame counts");
  public static final Setting<Integer> RATE_BURST =
      Setting.count(
          "TAPELINE_RATE_LIMIT_BURST",
          DEFAULT.rateBurst(),
          1,
          1_000_000,
          "messages that one client may send at once");
  public static final Setting<Integer> MESSAGE_BYTES =
      Setting.size(
          "TAPELINE_MAX_MESSAGE_BYTES",
          DEFAULT.maxMessageBytes(),
          1,
          16 << 20,
          "longest message from a client. A client that may publish may add one publication"
              + " to it");
  public static final Setting<Boolean> COMPRESSION =
      Setting.flag(
          "TAPELINE_COMPRESSION",
          DEFAULT.compression(),
          "whether clients that offer permessage-deflate get messages of 512 bytes and more"
              + " compressed");
  public static final Setting<Duration> PING_INTERVAL =
      Setting.duration(
          "TAPELINE_PING_INTERVAL",
          DEFAULT.pingInterval(),
          "time between two pings to a silent client");

  private ClientSettings() {}

  static ClientRules from(Values values) {
    return new ClientRules(
        new ClientLimits(values.get(CHANNELS_PER_CLIENT), values.get(WILDCARDS_PER_CLIENT)),
        values.get(RATE_PER_SECOND),
        values.get(RATE_BURST),
        values.get(MESSAGE_BYTES),
        values.get(COMPRESSION),
        values.get(PING_INTERVAL));
  }
}
