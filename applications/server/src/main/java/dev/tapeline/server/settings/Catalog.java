package dev.tapeline.server.settings;

import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.part.AccessSettings;
import dev.tapeline.server.settings.part.BarSettings;
import dev.tapeline.server.settings.part.CalendarSetting;
import dev.tapeline.server.settings.part.ChainSettings;
import dev.tapeline.server.settings.part.ChannelSettings;
import dev.tapeline.server.settings.part.ClientSettings;
import dev.tapeline.server.settings.part.ConnectionSettings;
import dev.tapeline.server.settings.part.DataFolder;
import dev.tapeline.server.settings.part.DatabaseSettings;
import dev.tapeline.server.settings.part.DhanSettings;
import dev.tapeline.server.settings.part.DurableChannels;
import dev.tapeline.server.settings.part.FeedSetting;
import dev.tapeline.server.settings.part.HistorySettings;
import dev.tapeline.server.settings.part.HttpSettings;
import dev.tapeline.server.settings.part.HubSettings;
import dev.tapeline.server.settings.part.ListenSettings;
import dev.tapeline.server.settings.part.LogLevels;
import dev.tapeline.server.settings.part.NodeName;
import dev.tapeline.server.settings.part.RedisTarget;
import dev.tapeline.server.settings.part.RestSettings;
import dev.tapeline.server.settings.part.TlsSettings;
import dev.tapeline.server.settings.part.TokenMaking;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All settings. Each is declared in the class of the part that it belongs to. */
final class Catalog {

  /** In the order of the table in {@code docs/operations.md}. */
  static final List<Setting<?>> ALL =
      List.of(
          Settings.ROLE,
          NodeName.NODE,
          FeedSetting.FEED,
          FeedSetting.FEEDS,
          DhanSettings.ENABLED,
          DhanSettings.MODE,
          DhanSettings.CLIENT_ID,
          DhanSettings.ACCESS_TOKEN,
          DhanSettings.ACCESS_TOKEN_FILE,
          TokenMaking.RENEWAL,
          TokenMaking.PIN,
          TokenMaking.PIN_FILE,
          TokenMaking.TOTP_SECRET,
          TokenMaking.TOTP_SECRET_FILE,
          DataFolder.DATA,
          CalendarSetting.CALENDAR,
          BarSettings.BARS,
          BarSettings.EMPTY_BARS,
          ChainSettings.RATE,
          ChainSettings.DAYS,
          ChainSettings.AVERAGING,
          ChainSettings.PRICE_AGE,
          ChainSettings.STALE_AFTER,
          ChainSettings.SNAPSHOTS,
          Settings.DEMAND_RELEASE,
          ListenSettings.BIND_HOST,
          ListenSettings.API_PORT,
          ListenSettings.PORT,
          ListenSettings.GATEWAY_PORT,
          TlsSettings.TLS_CERT,
          TlsSettings.TLS_KEY,
          RedisTarget.URL,
          RedisTarget.HOST,
          RedisTarget.PORT,
          RedisTarget.PASSWORD,
          RedisTarget.MAX_CONNECTIONS,
          RedisTarget.KEY_PREFIX,
          DatabaseSettings.URL,
          DatabaseSettings.URL_FILE,
          HistorySettings.HISTORY,
          HistorySettings.INDICES,
          HistorySettings.URL,
          HistorySettings.URL_FILE,
          HistorySettings.BAR_DAYS,
          HistorySettings.TICK_DAYS,
          HistorySettings.CHAIN_DAYS,
          HistorySettings.QUEUE,
          HistorySettings.BACKFILL,
          Settings.READY_WITHOUT_REDIS,
          DurableChannels.DURABLE,
          Settings.GATEWAY_API_KEY,
          AccessSettings.REQUIRE_AUTH,
          AccessSettings.DEFAULT_ROLE,
          AccessSettings.JWT_SECRET,
          AccessSettings.JWT_JWKS_URL,
          AccessSettings.JWT_AUDIENCE,
          AccessSettings.JWT_ISSUER,
          AccessSettings.JWT_CLOCK_SKEW,
          AccessSettings.ACCESS_FILE,
          ClientSettings.CHANNELS_PER_CLIENT,
          ClientSettings.WILDCARDS_PER_CLIENT,
          HubSettings.PATTERN_CHANNELS_PER_CLIENT,
          HubSettings.PATTERNS,
          ConnectionSettings.CONNECTIONS,
          ConnectionSettings.CONNECTIONS_PER_ADDRESS,
          ConnectionSettings.CONNECT_RATE,
          ConnectionSettings.CONNECT_RATE_PER_ADDRESS,
          HubSettings.CHANNELS,
          ClientSettings.RATE_PER_SECOND,
          ClientSettings.RATE_BURST,
          ClientSettings.MESSAGE_BYTES,
          HubSettings.PAYLOAD_BYTES,
          HttpSettings.HEADER_BYTES,
          HttpSettings.HANDSHAKE_TIMEOUT,
          ClientSettings.PING_INTERVAL,
          HttpSettings.ALLOWED_ORIGINS,
          HttpSettings.ALLOWED_HOSTS,
          HttpSettings.TRUSTED_PROXIES,
          ListenSettings.TRANSPORT,
          ListenSettings.LANES,
          HubSettings.RING_BYTES,
          HubSettings.RINGS_TOTAL_BYTES,
          DurableChannels.LOGS_TOTAL_BYTES,
          ChannelSettings.KINDS,
          HubSettings.SLOW_STEP,
          HubSettings.PRIORITY_CHANNELS,
          ClientSettings.COMPRESSION,
          ChannelSettings.CABLE_CHANNELS,
          RestSettings.RATE_PER_SECOND,
          RestSettings.RATE_BURST,
          RestSettings.MAX_BODY_BYTES,
          RestSettings.BODIES_TOTAL_BYTES,
          LogLevels.LOG_LEVEL);

  /** The variables that are no settings: that of the launcher, and that of the client commands. */
  static final Set<String> OTHER_VARIABLES = Set.of("TAPELINE_JAVA_OPTS", "TAPELINE_TOKEN");

  private static final Map<String, Setting<?>> BY_KEY = index();

  private Catalog() {}

  private static Map<String, Setting<?>> index() {
    Map<String, Setting<?>> index = new LinkedHashMap<>();
    ALL.forEach(setting -> index.put(setting.key(), setting));
    index.put("feeds", FeedSetting.FEEDS);
    return index;
  }

  /** The settings by their keys in the YAML file, one of which has a short form. */
  static Map<String, Setting<?>> byKey() {
    return BY_KEY;
  }

  static boolean hasVariable(String name) {
    return ALL.stream().anyMatch(setting -> setting.variable().equals(name));
  }

  static String keys() {
    return String.join(", ", new TreeSet<>(ALL.stream().map(Setting::key).toList()));
  }

  static String ownVariables() {
    return Stream.concat(ALL.stream().map(Setting::variable), OTHER_VARIABLES.stream())
        .filter(name -> name.startsWith("TAPELINE_"))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
