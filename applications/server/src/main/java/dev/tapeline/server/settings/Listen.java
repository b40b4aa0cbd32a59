package dev.tapeline.server.settings;

import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.declaration.Values;
import java.util.Optional;

/**
 * Where the server listens.
 *
 * @param apiPort the port for pages, REST and the gateway; 0 for any free one
 * @param gatewayPort the second port of the gateway; 0 for any free one
 */
public record Listen(String bindHost, int apiPort, int gatewayPort) {

  static final Setting<String> BIND_HOST =
      Setting.parsed(
          "TAPELINE_BIND_HOST",
          SettingKind.TEXT,
          "0.0.0.0",
          Range.matching("[0-9A-Za-z.:%_-]+", "an address of this machine"),
          "address that all ports listen on");
  static final Setting<Integer> API_PORT =
      Setting.number(
          "TAPELINE_API_PORT", 8080, Range.portsOrFree(), "port of pages, REST and the gateway");
  static final Setting<Optional<Integer>> PORT =
      Setting.optional(
          "PORT",
          SettingKind.NUMBER,
          "none",
          Range.portsOrFree(),
          "the same as `TAPELINE_API_PORT`, for platforms that set this one");
  static final Setting<Integer> GATEWAY_PORT =
      Setting.number(
          "REDIS_WS_GATEWAY_PORT", 8889, Range.portsOrFree(), "second port of the gateway");

  static Listen from(Values values) {
    Listen listen = new Listen(values.get(BIND_HOST), apiPort(values), values.get(GATEWAY_PORT));
    listen.check(values);
    return listen;
  }

  private static int apiPort(Values values) {
    return values.given(API_PORT).isPresent()
        ? values.get(API_PORT)
        : values.get(PORT).orElseGet(() -> values.get(API_PORT));
  }

  private void check(Values values) {
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
