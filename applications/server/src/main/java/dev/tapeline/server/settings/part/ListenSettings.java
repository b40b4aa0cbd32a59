package dev.tapeline.server.settings.part;

import static dev.tapeline.gateway.listen.accept.ListenerConfig.DEFAULT;

import dev.tapeline.gateway.listen.accept.ListenerConfig;
import dev.tapeline.gateway.listen.accept.Transport;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.declaration.Values;
import java.util.List;
import java.util.Optional;

/** The settings of what the server listens on. */
public final class ListenSettings {

  public static final Setting<String> BIND_HOST =
      Setting.parsed(
          "TAPELINE_BIND_HOST",
          SettingKind.TEXT,
          DEFAULT.bindHost(),
          Range.matching("[0-9A-Za-z.:%_-]+", "an address of this machine"),
          "address that all ports listen on");
  public static final Setting<Integer> API_PORT =
      Setting.number(
          "TAPELINE_API_PORT",
          DEFAULT.ports().getFirst(),
          Range.portsOrFree(),
          "port of pages, REST and the gateway");
  public static final Setting<Optional<Integer>> PORT =
      Setting.optional(
          "PORT",
          SettingKind.NUMBER,
          "none",
          Range.portsOrFree(),
          "the same as `TAPELINE_API_PORT`, for platforms that set this one");
  public static final Setting<Integer> GATEWAY_PORT =
      Setting.number(
          "REDIS_WS_GATEWAY_PORT",
          DEFAULT.ports().getLast(),
          Range.portsOrFree(),
          "second port of the gateway");

  public static final Setting<Transport> TRANSPORT =
      Setting.choice(
          "TAPELINE_TRANSPORT", DEFAULT.transport(), "how the gateway talks to the kernel");
  public static final Setting<Integer> LANES =
      Setting.number(
          "TAPELINE_LANES",
          DEFAULT.lanes(),
          Range.countsOrZero("half the processors", 256),
          "event loops of the gateway");

  private ListenSettings() {}

  /** The first port is also that of pages and REST. */
  static ListenerConfig from(Values values) {
    int apiPort = apiPort(values);
    int gatewayPort = values.get(GATEWAY_PORT);
    check(values, apiPort, gatewayPort);
    return new ListenerConfig(
        List.of(apiPort, gatewayPort),
        values.get(BIND_HOST),
        values.get(TRANSPORT),
        values.get(LANES),
        null);
  }

  private static int apiPort(Values values) {
    return values.given(API_PORT).isPresent()
        ? values.get(API_PORT)
        : values.get(PORT).orElseGet(() -> values.get(API_PORT));
  }

  private static void check(Values values, int apiPort, int gatewayPort) {
    if (values.get(PORT).orElse(apiPort) != apiPort) {
      throw ConfigException.contradiction(
          values.named(PORT), values.named(API_PORT), "set one of them");
    }
    if (apiPort == gatewayPort && apiPort != 0) {
      Value api =
          values.given(API_PORT).or(() -> values.given(PORT)).orElse(values.named(API_PORT));
      throw ConfigException.contradiction(
          api, values.named(GATEWAY_PORT), "the two ports must differ");
    }
  }
}
