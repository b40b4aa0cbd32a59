package dev.tapeline.server.settings.part;

import static dev.tapeline.gateway.listen.accept.ConnectionLimits.DEFAULT;

import dev.tapeline.gateway.listen.accept.ConnectionLimits;
import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Memory;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Values;

/** The settings of how many connections the gateway takes, and how fast. */
public final class ConnectionSettings {

  public static final Setting<Integer> CONNECTIONS =
      new Setting<>(
          "MAX_CONNECTIONS",
          SettingKind.NUMBER,
          new DefaultValue.OfMemory<>(
              Memory.Share.ofHeap(4 * Memory.CONNECTION_BYTES, DEFAULT.max()), Math::toIntExact),
          Range.counts(1, 10_000_000),
          "connections of all clients together");
  public static final Setting<Integer> CONNECTIONS_PER_ADDRESS =
      Setting.count(
          "MAX_CONNECTIONS_PER_IP",
          DEFAULT.maxPerAddress(),
          1,
          10_000_000,
          "connections from one address, or from one /64 network of IPv6");
  public static final Setting<Integer> CONNECT_RATE =
      Setting.count(
          "TAPELINE_CONNECT_RATE_PER_SECOND",
          DEFAULT.rate(),
          1,
          1_000_000,
          "new WebSockets a second, after a burst of twice as many");
  public static final Setting<Integer> CONNECT_RATE_PER_ADDRESS =
      Setting.count(
          "TAPELINE_CONNECT_RATE_PER_IP",
          DEFAULT.ratePerAddress(),
          1,
          1_000_000,
          "new connections a second from one address, after a burst of twice as many. Those of"
              + " trusted proxies are not counted");

  private ConnectionSettings() {}

  static ConnectionLimits from(Values values) {
    return new ConnectionLimits(
        values.get(CONNECTIONS),
        values.get(CONNECTIONS_PER_ADDRESS),
        values.get(CONNECT_RATE),
        values.get(CONNECT_RATE_PER_ADDRESS));
  }
}
