package dev.tapeline.server.config;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads which Redis to use; none means that bus and cache live in this process. */
final class RedisTarget {

  static final String PREFIXES = "at most 64 letters, digits and - _ . : / @";

  private RedisTarget() {}

  static Optional<RedisSettings> from(Values values) {
    checkTogether(values);
    int connections =
        values.integer(
            Catalog.REDIS_MAX_CONNECTIONS,
            RedisSettings.DEFAULT_MAX_CONNECTIONS,
            RedisSettings.MIN_CONNECTIONS,
            1_000);
    String prefix =
        values
            .matching(Catalog.REDIS_KEY_PREFIX, "[0-9A-Za-z_.:/@-]{0,64}")
            .orElse(RedisSettings.DEFAULT_KEY_PREFIX);
    return byUrl(values)
        .or(() -> byHost(values))
        .map(settings -> settings.withMaxConnections(connections).withKeyPrefix(prefix));
  }

  private static void checkTogether(Values values) {
    Optional<Value> url = values.get(Catalog.REDIS_URL);
    for (Setting part : List.of(Catalog.REDIS_HOST, Catalog.REDIS_PORT, Catalog.REDIS_PASSWORD)) {
      Optional<Value> value = values.get(part);
      if (url.isPresent() && value.isPresent()) {
        throw ConfigException.contradiction(
            value.get(), url.get(), "set the address, or host, port and password");
      }
      if (value.isPresent() && values.get(Catalog.REDIS_HOST).isEmpty()) {
        throw ConfigException.notAllowed(value.get(), "only together with redis-host");
      }
    }
  }

  private static Optional<RedisSettings> byUrl(Values values) {
    return values
        .get(Catalog.REDIS_URL)
        .map(url -> checked(url, () -> RedisSettings.parse(url.text())));
  }

  private static Optional<RedisSettings> byHost(Values values) {
    int port = values.integer(Catalog.REDIS_PORT, RedisAddress.DEFAULT_PORT, 1, 65_535);
    String password = values.text(Catalog.REDIS_PASSWORD).orElse(null);
    return values
        .get(Catalog.REDIS_HOST)
        .map(host -> checked(host, () -> RedisSettings.of(host.text(), port, password)));
  }

  private static RedisSettings checked(Value value, Supplier<RedisSettings> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw ConfigException.notAllowed(
          value, "%s (%s)".formatted(value.setting().allowed(), e.getMessage()));
    }
  }
}
