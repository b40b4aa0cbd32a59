package dev.tapeline.server.settings.part;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.declaration.Values;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of Redis. Without them, bus and cache are in this process. */
public final class RedisTarget {

  public static final Setting<Optional<RedisSettings>> URL =
      Setting.secret(
          "REDIS_URL",
          Range.parsed(
              "a redis:// or redis-sentinel:// address, or with commas a cluster's nodes",
              RedisSettings::parse),
          "where Redis is. Without Redis the bus is in this process");
  public static final Setting<Optional<String>> HOST =
      Setting.optional(
          "REDIS_HOST",
          SettingKind.TEXT,
          "none",
          Range.texts("a host name or address"),
          "host of Redis, in place of `REDIS_URL`");
  public static final Setting<Integer> PORT =
      Setting.number(
          "REDIS_PORT", RedisAddress.DEFAULT_PORT, Range.ports(), "port on `REDIS_HOST`");
  public static final Setting<Optional<String>> PASSWORD =
      Setting.secret("REDIS_PASSWORD", Range.texts("any text"), "password on `REDIS_HOST`");
  public static final Setting<Integer> MAX_CONNECTIONS =
      Setting.count(
          "REDIS_MAX_CONNECTIONS",
          RedisSettings.DEFAULT_MAX_CONNECTIONS,
          RedisSettings.MIN_CONNECTIONS,
          1_000,
          "connections that this node may open to Redis");
  public static final Setting<String> KEY_PREFIX =
      new Setting<>(
          "REDIS_KEY_PREFIX",
          SettingKind.TEXT,
          new DefaultValue.Described<>("none", RedisSettings.DEFAULT_KEY_PREFIX),
          Range.matching("[0-9A-Za-z_.:/@-]{0,64}", "at most 64 letters, digits and - _ . : / @"),
          "text in front of the name of each key and each channel");

  private RedisTarget() {}

  public static Optional<RedisSettings> from(Values values) {
    checkTogether(values);
    int connections = values.get(MAX_CONNECTIONS);
    String prefix = values.get(KEY_PREFIX);
    return values
        .get(URL)
        .or(() -> byHost(values))
        .map(settings -> settings.withMaxConnections(connections).withKeyPrefix(prefix));
  }

  private static void checkTogether(Values values) {
    Optional<Value> url = values.given(URL);
    for (Setting<?> part : List.of(HOST, PORT, PASSWORD)) {
      Optional<Value> value = values.given(part);
      if (url.isPresent() && value.isPresent()) {
        throw ConfigException.contradiction(
            value.get(), url.get(), "set the address, or host, port and password");
      }
      if (value.isPresent() && values.given(HOST).isEmpty()) {
        throw ConfigException.notAllowed(value.get(), "only together with redis-host");
      }
    }
  }

  private static Optional<RedisSettings> byHost(Values values) {
    int port = values.get(PORT);
    @Nullable String password = values.get(PASSWORD).orElse(null);
    Range<RedisSettings> range =
        HOST.range().map(host -> RedisSettings.of(host.orElseThrow(), port, password));
    return values.given(HOST).map(range::read);
  }
}
