package dev.tapeline.server.config;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.Identity;
import dev.tapeline.access.Policy;
import dev.tapeline.access.TokenVerifier;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Finding;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.rest.RestConfig;
import dev.tapeline.rest.RestLimits;
import dev.tapeline.tls.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be set, checked.
 *
 * @param node the name of this node, which no other has
 * @param tls what all ports speak TLS with; empty for plain ones
 */
public record Settings(
    Role role,
    String node,
    Feed feed,
    Listen listen,
    Optional<TlsFiles> tls,
    Optional<RedisSettings> redis,
    ReadyWithoutRedis readyWithoutRedis,
    DurableRules durable,
    Optional<ApiKey> apiKey,
    AccessSettings access,
    Limits limits,
    Tuning tuning,
    RestLimits rest,
    LogLevels logLevels) {

  /**
   * Reads the file, lays the environment over it, and the command line over both.
   *
   * @param options settings by variable that the command line gives
   * @throws ConfigException for the first thing that is wrong
   */
  public static Settings load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    return load(file, environment, options, Map.of());
  }

  /**
   * The same, with other defaults for what is set nowhere.
   *
   * @param defaults settings by variable
   */
  public static Settings load(
      Optional<Path> file,
      Map<String, String> environment,
      Map<String, String> options,
      Map<String, String> defaults) {
    Values values = Sources.merge(file, environment, options, defaults);
    return from(values, Memory.ofThisProcess());
  }

  static Settings from(Values values, Memory memory) {
    Absent.check(values);
    Settings settings =
        new Settings(
            values.choice(Catalog.ROLE, Role.class, Role.ALL),
            NodeName.from(values),
            values.choice(Catalog.FEED, Feed.class, Feed.NONE),
            Listen.from(values),
            TlsSettings.from(values),
            RedisTarget.from(values),
            values.choice(
                Catalog.READY_WITHOUT_REDIS, ReadyWithoutRedis.class, ReadyWithoutRedis.AUTO),
            DurableChannels.from(values),
            values.matching(Catalog.GATEWAY_API_KEY, "[!-~]{16,512}").map(ApiKey::new),
            AccessSettings.from(values),
            Limits.from(values, memory),
            Tuning.from(values, memory),
            RestSettings.from(values),
            LogLevels.from(values));
    settings.check(values);
    return settings;
  }

  private void check(Values values) {
    Optional<Value> given = values.get(Catalog.ROLE);
    if (given.isEmpty() || role == Role.ALL) {
      return;
    }
    if (redis.isEmpty()) {
      throw ConfigException.notAllowed(
          given.get(), "only together with redis-url or redis-host: nothing else joins processes");
    }
    if (role == Role.INGEST && feed == Feed.NONE) {
      throw ConfigException.notAllowed(given.get(), "only together with a tapeline-feed");
    }
  }

  /** What is right and what is doubtful about who may do what, the latter with its remedy. */
  public List<Finding> findings() {
    return new AccessFindings(this).all();
  }

  /** Tells who clients are. */
  public Authenticator authenticator() {
    Policy policy = access.policy();
    return new Authenticator(
        apiKey.map(key -> policy.withOwnerKey(key.reveal())).orElse(policy),
        access.tokens(),
        access.required() ? Optional.empty() : Optional.of(Identity.anybody(access.defaultRole())),
        task -> Thread.ofVirtual().name("tapeline-authentication").start(task));
  }

  /** The part of these settings that the REST server needs. */
  public RestConfig restConfig() {
    return new RestConfig(
        node,
        role.hasApi(),
        authenticator(),
        access.required(),
        access.tokens().flatMap(TokenVerifier::publishedKeys),
        new RestConfig.Network(
            limits.allowedHosts(), limits.allowedOrigins(), limits.trustedProxies()),
        rest,
        new RestConfig.Rate(limits.ratePerSecond(), limits.rateBurst()),
        limits.headerBytes(),
        limits.payloadBytes(),
        limits.handshakeTimeout());
  }

  public Settings withApiKey(ApiKey key) {
    return new Settings(
        role,
        node,
        feed,
        listen,
        tls,
        redis,
        readyWithoutRedis,
        durable,
        Optional.of(key),
        access,
        limits,
        tuning,
        rest,
        logLevels);
  }
}
