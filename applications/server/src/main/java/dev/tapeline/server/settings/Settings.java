package dev.tapeline.server.settings;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Policy;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Finding;
import dev.tapeline.gateway.listen.http.HttpRules;
import dev.tapeline.gateway.listen.open.ClientRules;
import dev.tapeline.market.bar.study.BarRules;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.rest.http.RestConfig;
import dev.tapeline.rest.http.RestLimits;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Memory;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.declaration.Values;
import dev.tapeline.server.settings.part.AccessSettings;
import dev.tapeline.server.settings.part.BarSettings;
import dev.tapeline.server.settings.part.CalendarSetting;
import dev.tapeline.server.settings.part.ChainSettings;
import dev.tapeline.server.settings.part.DataFolder;
import dev.tapeline.server.settings.part.DatabaseSettings;
import dev.tapeline.server.settings.part.DhanSettings;
import dev.tapeline.server.settings.part.DurableChannels;
import dev.tapeline.server.settings.part.FeedKind;
import dev.tapeline.server.settings.part.FeedSetting;
import dev.tapeline.server.settings.part.GatewaySettings;
import dev.tapeline.server.settings.part.HistorySettings;
import dev.tapeline.server.settings.part.LogLevels;
import dev.tapeline.server.settings.part.NodeName;
import dev.tapeline.server.settings.part.NodeRole;
import dev.tapeline.server.settings.part.OwnerKey;
import dev.tapeline.server.settings.part.ReadyWithoutRedis;
import dev.tapeline.server.settings.part.RedisTarget;
import dev.tapeline.server.settings.part.RestSettings;
import dev.tapeline.server.settings.part.TlsSettings;
import dev.tapeline.server.settings.part.VendorOptions;
import dev.tapeline.store.database.DatabaseAddress;
import dev.tapeline.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the server, read and checked.
 *
 * @param node the name of this node, which no other has
 * @param feeds the sources of market data that this node runs
 * @param dhan the account at Dhan
 * @param data the folder of what is kept on disk
 * @param calendar when markets trade
 * @param bars how bars are made
 * @param chains how option chains are computed
 * @param demandRelease how long a channel counts as wanted after its last listener left
 * @param logsTotalBytes what all logs in this process keep together; the newest values of plain
 *     channels take half as much, and so does the cache
 * @param tls the certificate and key of all ports; null if they are plain
 * @param redis what the bus runs on; null if it is in this process
 * @param database the server of the database; null if it is the embedded one
 * @param history what is recorded, and where it is kept
 */
public record Settings(
    NodeRole role,
    String node,
    List<FeedSetting> feeds,
    DhanSettings dhan,
    Path data,
    TradingCalendar calendar,
    BarRules bars,
    ChainSettings chains,
    Duration demandRelease,
    GatewaySettings gateway,
    @Nullable TlsFiles tls,
    @Nullable RedisSettings redis,
    @Nullable DatabaseAddress database,
    HistorySettings history,
    ReadyWithoutRedis readyWithoutRedis,
    DurableRules durable,
    long logsTotalBytes,
    @Nullable OwnerKey apiKey,
    AccessSettings access,
    RestLimits rest,
    LogLevels logLevels) {

  static final Setting<NodeRole> ROLE =
      Setting.choice("TAPELINE_ROLE", NodeRole.ALL, "parts of the server that this process runs");
  static final Setting<Duration> DEMAND_RELEASE =
      Setting.duration(
          "TAPELINE_DEMAND_RELEASE",
          Duration.ofSeconds(30),
          Range.durations(Duration.ZERO, Duration.ofHours(1)),
          "how long a channel still counts as wanted (`demand.supplied`) after its last listener left");
  static final Setting<ReadyWithoutRedis> READY_WITHOUT_REDIS =
      Setting.choice(
          "TAPELINE_READY_WITHOUT_REDIS",
          ReadyWithoutRedis.AUTO,
          "whether `/health/ready` answers 200 while Redis is away or takes no writes");
  static final Setting<Optional<OwnerKey>> GATEWAY_API_KEY =
      Setting.secret(
          "GATEWAY_API_KEY",
          Range.matching("[!-~]{16,512}", "at least 16 visible characters").map(OwnerKey::new),
          "key of the owner, who may do everything");

  /**
   * Reads the environment, and lays the command line over it.
   *
   * @param options values by variable that the command line gives
   * @throws ConfigException for the first thing that is wrong
   */
  public static Settings load(Map<String, String> environment, Map<String, String> options) {
    return load(null, environment, options, Map.of());
  }

  /**
   * Reads the file, lays the environment over it, and the command line over both.
   *
   * @param file null if there is none
   * @param options values by variable that the command line gives
   * @param defaults values by variable, for settings that are set nowhere
   * @throws ConfigException for the first thing that is wrong
   */
  public static Settings load(
      @Nullable Path file,
      Map<String, String> environment,
      Map<String, String> options,
      Map<String, String> defaults) {
    return from(Sources.merge(file, environment, options, defaults), Memory.ofThisProcess());
  }

  static Settings from(Map<Setting<?>, Value> given, Memory memory) {
    Values values = new Values(given, memory);
    Settings settings =
        new Settings(
            values.get(ROLE),
            values.get(NodeName.NODE),
            FeedSetting.from(values),
            DhanSettings.from(values),
            values.get(DataFolder.DATA),
            CalendarSetting.from(values),
            BarSettings.from(values),
            ChainSettings.from(values),
            values.get(DEMAND_RELEASE),
            GatewaySettings.from(values),
            TlsSettings.from(values).orElse(null),
            RedisTarget.from(values).orElse(null),
            DatabaseSettings.from(values).orElse(null),
            HistorySettings.from(values),
            values.get(READY_WITHOUT_REDIS),
            values.get(DurableChannels.DURABLE),
            values.get(DurableChannels.LOGS_TOTAL_BYTES),
            values.get(GATEWAY_API_KEY).orElse(null),
            AccessSettings.from(values),
            RestSettings.from(values),
            values.get(LogLevels.LOG_LEVEL));
    settings.check(values);
    return settings;
  }

  private void check(Values values) {
    checkDhan(values);
    Optional<Value> given = values.given(ROLE);
    if (given.isEmpty() || role == NodeRole.ALL) {
      return;
    }
    if (redis == null) {
      throw ConfigException.notAllowed(
          given.get(), "only together with redis-url or redis-host: nothing else joins processes");
    }
    if (role == NodeRole.INGEST && feeds.isEmpty()) {
      throw ConfigException.notAllowed(
          given.get(), "only together with a tapeline-feed or with tapeline-feeds");
    }
  }

  private void checkDhan(Values values) {
    if (feeds.stream().noneMatch(feed -> feed.kind() == FeedKind.DHAN)) {
      return;
    }
    Value named =
        values
            .given(FeedSetting.FEEDS)
            .or(() -> values.given(FeedSetting.FEED))
            .filter(value -> value.text().contains("dhan"))
            .orElseGet(() -> values.named(DhanSettings.ENABLED));
    dhan.checkAccount(named);
    boolean deepest =
        feeds.stream().anyMatch(feed -> "200".equals(feed.options().get(VendorOptions.DEPTH)));
    if (deepest && dhan.making().mints()) {
      throw ConfigException.notAllowed(
          named,
          "depth=200 only without dhanhq-pin: those books need a token made on web.dhan.co, such as"
              + " one that dhanhq-token-renewal renews");
    }
  }

  /** The findings about access; a doubtful one names its remedy. */
  public List<Finding> findings() {
    return new AccessFindings(this).all();
  }

  /** The authenticator of all clients. */
  public Authenticator authenticator() {
    Policy policy = access.policy();
    return new Authenticator(
        apiKey == null ? policy : policy.withOwnerKey(apiKey.reveal()),
        access.tokens(),
        access.required() ? null : Identity.anybody(access.defaultRole()),
        task -> Thread.ofVirtual().name("tapeline-authentication").start(task));
  }

  /** The part of these settings that the REST server needs. */
  public RestConfig restConfig() {
    HttpRules http = gateway.http();
    ClientRules clients = gateway.clients();
    return new RestConfig(
        node,
        role.hasApi(),
        authenticator(),
        access.required(),
        access.publishedKeys().orElse(null),
        new RestConfig.Network(http.allowedHosts(), http.allowedOrigins(), http.trustedProxies()),
        rest,
        new RestConfig.Rate(clients.ratePerSecond(), clients.rateBurst()),
        http.maxHeaderBytes(),
        gateway.hub().maxPayloadBytes(),
        http.handshakeTimeout());
  }

  public Settings withApiKey(OwnerKey key) {
    return new Settings(
        role,
        node,
        feeds,
        dhan,
        data,
        calendar,
        bars,
        chains,
        demandRelease,
        gateway,
        tls,
        redis,
        database,
        history,
        readyWithoutRedis,
        durable,
        logsTotalBytes,
        key,
        access,
        rest,
        logLevels);
  }
}
