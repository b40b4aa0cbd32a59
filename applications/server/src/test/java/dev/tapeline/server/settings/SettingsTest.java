package dev.tapeline.server.settings;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Finding;
import dev.tapeline.core.Selector;
import dev.tapeline.gateway.listen.accept.ConnectionLimits;
import dev.tapeline.gateway.listen.accept.ListenerConfig;
import dev.tapeline.gateway.listen.accept.Transport;
import dev.tapeline.gateway.listen.http.HttpRules;
import dev.tapeline.gateway.listen.open.ClientRules;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarRules;
import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.chain.DayCount;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.protocols.cable.CableMapping;
import dev.tapeline.protocols.spi.ClientLimits;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.rest.http.RestLimits;
import dev.tapeline.server.calendar.CalendarFile;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Memory;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.part.AccessSettings;
import dev.tapeline.server.settings.part.Backfilling;
import dev.tapeline.server.settings.part.ChainSettings;
import dev.tapeline.server.settings.part.DhanMode;
import dev.tapeline.server.settings.part.DhanSettings;
import dev.tapeline.server.settings.part.FeedKind;
import dev.tapeline.server.settings.part.FeedSetting;
import dev.tapeline.server.settings.part.GatewaySettings;
import dev.tapeline.server.settings.part.HistorySettings;
import dev.tapeline.server.settings.part.LogLevels;
import dev.tapeline.server.settings.part.NodeRole;
import dev.tapeline.server.settings.part.ReadyWithoutRedis;
import dev.tapeline.server.settings.part.TokenMaking;
import dev.tapeline.store.database.DatabaseAddress;
import dev.tapeline.store.history.RecorderRules;
import dev.tapeline.store.history.Retention;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class SettingsTest {

  private static final GatewaySettings GATEWAY =
      new GatewaySettings(
          new ListenerConfig(List.of(8080, 8889), "0.0.0.0", Transport.AUTO, 0, null),
          new ConnectionLimits(50_000, 1_000, 1_000, 500),
          new HttpRules(List.of(), List.of(), List.of(), 16_384, Duration.ofSeconds(10)),
          new ClientRules(new ClientLimits(50, 5), 20, 70, 131_072, true, Duration.ofSeconds(25)),
          new Hub.Limits(
              100_000,
              10_000,
              1_000,
              10_000,
              4_194_304,
              268_435_456L,
              1_048_576,
              Duration.ofSeconds(5).toNanos(),
              List.of(Selector.parse("alerts:*"), Selector.parse("positions:*"))),
          ChannelRules.KINDS,
          CableMapping.parse(
              "DashboardUpdatesChannel=live_ltp_updates,TicksChannel=market:tick:{symbol},"
                  + "OptionChainChannel=option-chain:{symbol}:{expiry},"
                  + "CandlesChannel=candles:{symbol}:{tf},"
                  + "SignalsChannel=engine:signal:{symbol}"));

  @TempDir Path folder;

  @Test
  void defaults() {
    Memory plenty = new Memory(4L << 30, 4L << 30);
    Settings settings = Settings.from(Sources.merge(null, Map.of(), Map.of(), Map.of()), plenty);
    assertEquals(
        new Settings(
            NodeRole.ALL,
            settings.node(),
            List.of(),
            new DhanSettings(DhanMode.QUOTE, null, null, null, TokenMaking.NONE),
            Path.of(System.getProperty("tapeline.data")),
            CalendarFile.builtIn(),
            BarRules.of(Stream.of("1m", "5m", "15m", "1h", "1d").map(Frame::parse).toList()),
            new ChainSettings(ChainConvention.DEFAULT, ChainLimits.DEFAULT),
            Duration.ofSeconds(30),
            GATEWAY,
            null,
            null,
            null,
            new HistorySettings(null, null, List.of(), Backfilling.AUTO),
            ReadyWithoutRedis.AUTO,
            ChannelRules.DURABLE,
            268_435_456L,
            null,
            settings.access(),
            new RestLimits(200, 400, 2_097_152, 33_554_432),
            LogLevels.DEFAULT),
        settings);
  }

  @Test
  void historyIsOfFramesTicksAndChains() {
    Retention retention =
        new Retention(Duration.ofDays(400), Duration.ofDays(3), Duration.ofDays(30));
    assertEquals(
        new HistorySettings(
            new RecorderRules(
                Set.of(Frame.MINUTE, Frame.parse("5m")), true, true, 200_000, retention),
            URI.create("http://u:hunter2@h:9000"),
            List.of("NIFTY", "M&M"),
            Backfilling.OFF),
        load(Map.of(
                "TAPELINE_HISTORY", "1m,5m,ticks,chains",
                "TAPELINE_HISTORY_IVDEX", "NIFTY, M&M, NIFTY",
                "TAPELINE_HISTORY_TICK_DAYS", "3",
                "TAPELINE_BACKFILL", "off",
                "HISTORY_URL", "http://u:hunter2@h:9000"))
            .history());
    assertNull(load(Map.of("TAPELINE_HISTORY", "off")).history().rules());
    assertTrue(refusal(Map.of("TAPELINE_HISTORY", "1m,off")).contains("no frame: 'off'"));
    String symbol = refusal(Map.of("TAPELINE_HISTORY", "1d", "TAPELINE_HISTORY_IVDEX", "A,B C"));
    assertTrue(symbol.contains("('B C' is no symbol)"), symbol);
    String off = refusal(Map.of("TAPELINE_HISTORY", "off", "TAPELINE_HISTORY_IVDEX", "NIFTY"));
    assertTrue(off.contains("have the history keep something, such as 1d"), off);
    String message = refusal(Map.of("HISTORY_URL", "ftp://u:hunter2@h"));
    assertTrue(message.contains("write it as http://host:9000"), message);
    assertFalse(message.contains("hunter2"), message);
    assertFalse(
        load(Map.of("HISTORY_URL", "http://u:hunter2@h:9000")).toString().contains("hunter2"));
  }

  @Test
  void nodeIsNamedByItsHostUnlessItIsGivenAName() {
    String name = load(Map.of()).node();
    assertTrue(name.matches("[0-9A-Za-z_.-]{1,59}-[0-9a-z]{4}"), name);
    assertEquals("ingest-1", load(Map.of("TAPELINE_NODE", "ingest-1")).node());
    assertThrows(ConfigException.class, () -> load(Map.of("TAPELINE_NODE", "a b")));
  }

  @Test
  void defaultsAreWhatTheCatalogSays() {
    for (Setting<?> setting : Catalog.ALL) {
      String fallback = setting.fallback().shown();
      if (fallback.matches("[a-z0-9._]+") && !isWord(fallback)) {
        assertEquals(load(Map.of()), load(Map.of(setting.variable(), fallback)));
      }
    }
  }

  /** A default that is a word for having none, or that is allowed beside others only. */
  private static boolean isWord(String fallback) {
    return List.of("none", "any", "6379").contains(fallback);
  }

  @Test
  void eachSettingIsRead() {
    Settings settings =
        load(
            Map.ofEntries(
                Map.entry("TAPELINE_FEED", "simulator"),
                Map.entry("TAPELINE_CHAIN_RATE", "0.07"),
                Map.entry("TAPELINE_CHAIN_DAYS", "252"),
                Map.entry("TAPELINE_CHAIN_AVERAGING", "true"),
                Map.entry("TAPELINE_CHAIN_PRICE_AGE", "31s"),
                Map.entry("TAPELINE_CHAIN_STALE_AFTER", "32s"),
                Map.entry("TAPELINE_CHAIN_SNAPSHOTS", "33s"),
                Map.entry("TAPELINE_DEMAND_RELEASE", "0s"),
                Map.entry("TAPELINE_BIND_HOST", "127.0.0.1"),
                Map.entry("TAPELINE_API_PORT", "1001"),
                Map.entry("REDIS_WS_GATEWAY_PORT", "1002"),
                Map.entry("REDIS_HOST", "there"),
                Map.entry("REDIS_PORT", "1003"),
                Map.entry("REDIS_PASSWORD", "p:w@/"),
                Map.entry("REDIS_MAX_CONNECTIONS", "7"),
                Map.entry("REDIS_KEY_PREFIX", "test:"),
                Map.entry("TAPELINE_DURABLE", "mine:*"),
                Map.entry("GATEWAY_API_KEY", "0123456789abcdef"),
                Map.entry("MAX_CHANNELS_PER_CLIENT", "11"),
                Map.entry("MAX_WILDCARD_SUBSCRIPTIONS", "12"),
                Map.entry("MAX_PATTERN_CHANNELS_PER_CLIENT", "26"),
                Map.entry("MAX_PATTERNS", "29"),
                Map.entry("MAX_CONNECTIONS", "13"),
                Map.entry("MAX_CONNECTIONS_PER_IP", "14"),
                Map.entry("TAPELINE_CONNECT_RATE_PER_SECOND", "27"),
                Map.entry("TAPELINE_CONNECT_RATE_PER_IP", "28"),
                Map.entry("MAX_CHANNELS", "15"),
                Map.entry("RATE_LIMIT_PER_SECOND", "16"),
                Map.entry("TAPELINE_RATE_LIMIT_BURST", "17"),
                Map.entry("TAPELINE_MAX_MESSAGE_BYTES", "18"),
                Map.entry("TAPELINE_MAX_PAYLOAD_BYTES", "19"),
                Map.entry("TAPELINE_MAX_HEADER_BYTES", "20"),
                Map.entry("TAPELINE_HANDSHAKE_TIMEOUT", "500ms"),
                Map.entry("TAPELINE_PING_INTERVAL", "2m"),
                Map.entry("ALLOWED_ORIGINS", "https://a.example, http://b.example:81"),
                Map.entry("TAPELINE_ALLOWED_HOSTS", "localhost, [::1]"),
                Map.entry("TRUSTED_PROXIES", "10.0.0.0/8,::1"),
                Map.entry("TAPELINE_TRANSPORT", "io_uring"),
                Map.entry("TAPELINE_LANES", "3"),
                Map.entry("TAPELINE_RING_BYTES", "21"),
                Map.entry("TAPELINE_RINGS_TOTAL_BYTES", "22"),
                Map.entry("TAPELINE_LOGS_TOTAL_BYTES", "29"),
                Map.entry("TAPELINE_KINDS", "mine:*=state"),
                Map.entry("TAPELINE_SLOW_STEP", "2s"),
                Map.entry("PRIORITY_CHANNELS", "mine:*,yours"),
                Map.entry("TAPELINE_COMPRESSION", "false"),
                Map.entry("TAPELINE_CABLE_CHANNELS", "MineChannel=mine:{id}"),
                Map.entry("TAPELINE_REST_RATE_PER_SECOND", "23"),
                Map.entry("TAPELINE_REST_RATE_BURST", "24"),
                Map.entry("TAPELINE_REST_MAX_BODY_BYTES", "25"),
                Map.entry("TAPELINE_REST_BODIES_TOTAL_BYTES", "50"),
                Map.entry("TAPELINE_LOG_LEVEL", "warn,io.netty=debug")));
    assertEquals(List.of(new FeedSetting(FeedKind.SIMULATOR, Map.of())), settings.feeds());
    assertEquals(Duration.ZERO, settings.demandRelease());
    assertEquals(
        new ChainSettings(
            new ChainConvention(DayCount.TRADING, true, 0.07),
            ChainLimits.DEFAULT.with(31_000, 32_000, 33_000)),
        settings.chains());
    assertEquals(
        RedisSettings.of("there", 1003, "p:w@/").withMaxConnections(7).withKeyPrefix("test:"),
        settings.redis());
    assertEquals(DurableRules.of("mine:*"), settings.durable());
    assertEquals("0123456789abcdef", requireNonNull(settings.apiKey()).reveal());
    GatewaySettings gateway = settings.gateway();
    assertEquals(
        new ListenerConfig(List.of(1001, 1002), "127.0.0.1", Transport.IO_URING, 3, null),
        gateway.listener());
    assertEquals(new ConnectionLimits(13, 14, 27, 28), gateway.connections());
    assertEquals(
        new HttpRules(
            List.of("https://a.example", "http://b.example:81"),
            List.of("localhost", "[::1]"),
            List.of("10.0.0.0/8", "::1"),
            20,
            Duration.ofMillis(500)),
        gateway.http());
    assertEquals(
        new ClientRules(new ClientLimits(11, 12), 16, 17, 18, false, Duration.ofMinutes(2)),
        gateway.clients());
    assertEquals(
        new Hub.Limits(
            15,
            26,
            29,
            10_000,
            21,
            22,
            19,
            Duration.ofSeconds(2).toNanos(),
            List.of(Selector.parse("mine:*"), Selector.parse("yours"))),
        gateway.hub());
    assertEquals(29, settings.logsTotalBytes());
    assertEquals(ChannelKind.STATE, settings.gateway().kinds().kindOf("mine:1"));
    assertEquals(ChannelKind.DELTA, settings.gateway().kinds().kindOf("depth@X"));
    assertEquals(CableMapping.parse("MineChannel=mine:{id}"), settings.gateway().cable());
    assertEquals(new RestLimits(23, 24, 25, 50), settings.rest());
    assertEquals(new LogLevels(Level.WARN, Map.of("io.netty", Level.DEBUG)), settings.logLevels());
  }

  @Test
  void yamlThenEnvironmentThenCommandLine() throws IOException {
    Path file = yaml("max-channels: 1\nmax-connections: 2\ntapeline-lanes: 3\n");
    Settings settings =
        Settings.load(
            file,
            Map.of("MAX_CONNECTIONS", "20", "TAPELINE_LANES", "30"),
            Map.of("TAPELINE_LANES", "100"),
            Map.of());
    assertEquals(1, settings.gateway().hub().maxChannels());
    assertEquals(20, settings.gateway().connections().max());
    assertEquals(100, settings.gateway().listener().lanes());
  }

  @Test
  void yamlTakesListsAndQuotedText() throws IOException {
    Path file =
        yaml(
            """
            # who may connect
            allowed-origins:
              - https://a.example
              - https://b.example
            redis-host: "there"
            """);
    Settings settings = load(file, Map.of());
    assertEquals(
        List.of("https://a.example", "https://b.example"),
        settings.gateway().http().allowedOrigins());
    assertNotNull(settings.redis());
  }

  @Test
  void emptyYamlAndEmptyVariablesSetNothing() throws IOException {
    assertEquals(
        load(Map.of()), load(yaml("# nothing\n"), Map.of("REDIS_URL", "", "MAX_CHANNELS", "")));
  }

  @Test
  void portVariableReplacesTheFilesPort() throws IOException {
    Path file = yaml("tapeline-api-port: 1000\n");
    Settings settings = load(file, Map.of("PORT", "2000"));
    assertEquals(2000, settings.gateway().apiPort());
  }

  @Test
  void unknownKeyNamesKeyAllowedOnesAndLine() throws IOException {
    Path file = yaml("max-channels: 1\nmax-conections: 2\n");
    String message = refusal(file, Map.of());
    assertTrue(message.startsWith("max-conections: unknown setting ("), message);
    assertTrue(message.contains("settings.yaml line 2"), message);
    assertTrue(message.contains("max-connections,"), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void unknownVariableNamesVariableAndAllowedOnes() {
    String message = refusal(Map.of("TAPELINE_LANE", "1"));
    assertTrue(message.contains("variable TAPELINE_LANE)"), message);
    assertTrue(message.contains("TAPELINE_LANES"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAX_CONNECTIONS | lots | a whole number from 1 to 10000000",
        "MAX_CONNECTIONS | 0 | a whole number from 1 to 10000000",
        "MAX_CONNECTIONS | 99999999999999999999 | a whole number from 1 to 10000000",
        "TAPELINE_API_PORT | 65536 | a port from 1 to 65535, or 0 for any free one",
        "TAPELINE_TRANSPORT | EPOLL | one of auto, io_uring, epoll, nio",
        "TAPELINE_ROLE | gatway | one of all, ingest, gateway, api",
        "TAPELINE_PING_INTERVAL | 25 | a time from 100ms to 24h, such as 500ms, 10s or 2m",
        "TAPELINE_PING_INTERVAL | 25h | a time from 100ms to 24h, such as 500ms, 10s or 2m",
        "TAPELINE_DEMAND_RELEASE | 61m | a time from 0s to 1h, such as 500ms, 10s or 2m",
        "TRUSTED_PROXIES | 10.0.0.0/33 | addresses or networks such as 10.0.0.0/8, by comma",
        "TRUSTED_PROXIES | proxy.local | addresses or networks such as 10.0.0.0/8, by comma",
        "ALLOWED_ORIGINS | example.com | origins such as https://example.com, by comma",
        "TAPELINE_ALLOWED_HOSTS | localhost:8080 | host names or addresses, IPv6 in brackets, by comma",
        "TAPELINE_LOG_LEVEL | INFO | one of error, warn, info, debug, trace, and LOGGER=LEVEL for single loggers, by comma",
        "TAPELINE_LOG_LEVEL | info,warn | one of error, warn, info, debug, trace, and LOGGER=LEVEL for single loggers, by comma",
        "TAPELINE_KINDS | a:* | PATTERN=KIND by comma, KIND one of state, event, delta, bar",
        "TAPELINE_KINDS | a:*=stat | PATTERN=KIND by comma, KIND one of state, event, delta, bar",
        "TAPELINE_CABLE_CHANNELS | A={b | CLASS=CHANNEL by comma, parameters as {symbol}, built-in among them for the built-in ones; or none (",
        "REDIS_KEY_PREFIX | a*b | at most 64 letters, digits and - _ . : / @",
      })
  void malformedNamesKeyValuePlaceAndAllowed(String variable, String value, String allowed) {
    String message = refusal(Map.of(variable, value));
    String key = variable.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    assertTrue(
        message.startsWith(
            "%s: '%s' (variable %s) is not allowed; allowed is %s"
                .formatted(key, value, variable, allowed)),
        message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void contradictions() {
    assertTrue(
        refusal(Map.of("REDIS_URL", "redis://a", "REDIS_HOST", "b")).contains("contradicts"));
    assertTrue(refusal(Map.of("REDIS_PORT", "1")).contains("only together with redis-host"));
    assertTrue(refusal(Map.of("TAPELINE_API_PORT", "1", "PORT", "2")).contains("set one of them"));
    assertTrue(refusal(Map.of("TAPELINE_API_PORT", "8889")).contains("the two ports must differ"));
    assertTrue(
        refusal(Map.of("TAPELINE_RINGS_TOTAL_BYTES", "10")).contains("must fit into the total"));
    assertTrue(
        refusal(Map.of("TAPELINE_ROLE", "gateway")).contains("only together with redis-url"));
    assertTrue(
        refusal(Map.of("TAPELINE_ROLE", "ingest", "REDIS_HOST", "a"))
            .contains("only together with a tapeline-feed"));
  }

  @Test
  void sameFreePortTwiceIsFine() {
    Settings settings = load(Map.of("TAPELINE_API_PORT", "0", "REDIS_WS_GATEWAY_PORT", "0"));
    assertEquals("0.0.0.0", settings.gateway().listener().bindHost());
    assertEquals(List.of(0, 0), settings.gateway().listener().ports());
  }

  @Test
  void databaseIsEmbeddedUnlessItHasAnAddress() throws IOException {
    String url = "postgres://u:hunter2@h/d";
    DatabaseAddress address = DatabaseAddress.parse(url);
    assertNull(load(Map.of()).database());
    assertEquals(address, load(Map.of("DATABASE_URL", url)).database());
    Path file = Files.writeString(folder.resolve("url"), url + "\n");
    assertEquals(address, load(Map.of("DATABASE_URL_FILE", file.toString())).database());
    assertTrue(
        refusal(Map.of("DATABASE_URL", url, "DATABASE_URL_FILE", file.toString()))
            .contains("set one of them"));
    assertTrue(
        refusal(Map.of("DATABASE_URL_FILE", folder.resolve("none").toString()))
            .contains("allowed is a file that can be read"));
  }

  @Test
  void passwordsOfDatabasesStayHidden() throws IOException {
    String wrong = "mysql://u:hunter2@h/d";
    Path file = Files.writeString(folder.resolve("url"), wrong);
    for (Map<String, String> set :
        List.of(Map.of("DATABASE_URL", wrong), Map.of("DATABASE_URL_FILE", file.toString()))) {
      String message = refusal(set);
      assertTrue(message.contains("begin with postgres://"), message);
      assertFalse(message.contains("hunter2"), message);
    }
    assertFalse(
        load(Map.of("DATABASE_URL", "postgres://u:hunter2@h/d")).toString().contains("hunter2"));
  }

  @Test
  void certificateAndKeyComeTogetherAndAreRead() {
    assertTrue(
        refusal(Map.of("TLS_CERT", "cert.pem"))
            .contains(
                "tls-cert: 'cert.pem' (variable TLS_CERT) is not allowed; allowed is only"
                    + " together with tls-key"));
    assertTrue(refusal(Map.of("TLS_KEY", "key.pem")).contains("only together with tls-cert"));
    String message = refusal(Map.of("TLS_CERT", "none.pem", "TLS_KEY", "key.pem"));
    assertTrue(message.contains("the file 'none.pem' does not exist"), message);
  }

  @Test
  void accessIsOpenUnlessSaidOtherwise() {
    AccessSettings open = load(Map.of()).access();
    assertFalse(open.required());
    assertEquals("user", open.defaultRole());
    assertNull(open.tokens());
    AccessSettings closed =
        load(Map.of("REQUIRE_AUTH", "true", "JWT_SECRET", "hunter2".repeat(5))).access();
    assertTrue(closed.required());
    assertNotNull(closed.tokens());
  }

  @ParameterizedTest
  @CsvSource({
    "REQUIRE_AUTH,yes,true or false",
    "JWT_SECRET,hunter2hunter2,at least 32 bytes",
    "JWT_JWKS_URL,ftp://a.example/keys,https://",
    "JWT_JWKS_URL,a b,https://",
    "DEFAULT_ROLE,nobody,'user, admin'",
    "TAPELINE_ACCESS_FILE,/nowhere/access.yaml,can't be read",
    "TAPELINE_CALENDAR,/nowhere/calendar.yaml,can't be read"
  })
  void accessOrCalendarThatIsNoneIsRefused(String variable, String value, String remedy) {
    String message = refusal(Map.of(variable, value));
    assertTrue(message.contains(remedy), message);
    assertFalse(message.contains("hunter2"), message);
  }

  @Test
  void aKeySetMayBeAtAContainersName() {
    AccessSettings access = load(Map.of("JWT_JWKS_URL", "http://my_idp:8080/keys")).access();
    assertTrue(access.publishedKeys().isPresent());
  }

  @Test
  void anIngestNodeNeedsNoWayIn() {
    Map<String, String> closed =
        Map.of("REQUIRE_AUTH", "true", "TAPELINE_FEED", "simulator", "REDIS_HOST", "r");
    Map<String, String> ingest = new HashMap<>(closed);
    ingest.put("TAPELINE_ROLE", "ingest");
    assertEquals(Finding.Level.FAIL, load(closed).findings().getLast().level());
    assertEquals(Finding.Level.OK, load(ingest).findings().getLast().level());
  }

  @Test
  void tokensHaveOneKindOfKeys() {
    String message =
        refusal(Map.of("JWT_SECRET", "x".repeat(32), "JWT_JWKS_URL", "https://a.example/keys"));
    assertTrue(message.contains("one of the two"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://a:***@b:7000,c:7001",
        "redis-sentinel://b:26379,c:26379/1#mymaster",
        "rediss://b:6379",
        "redis://my_redis:6379"
      })
  void eachTopologyOfRedisHasItsAddress(String url) {
    Settings settings = load(Map.of("REDIS_URL", url));
    assertEquals(url, requireNonNull(settings.redis()).address().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:hunter2@host:port",
        "redis-sentinel://:hunter2@a",
        "redis-sentinel://a?sentinelPassword=hunter2",
        "redis://:hunter2@a,b/2"
      })
  void secretsAreNeverTold(String url) {
    String message = refusal(Map.of("REDIS_URL", url));
    assertTrue(message.startsWith("redis-url: (hidden) (variable REDIS_URL) is not"), message);
    assertFalse(message.contains("hunter2"), message);
    assertFalse(refusal(Map.of("GATEWAY_API_KEY", "hunter2")).contains("hunter2"));
    Settings settings =
        load(Map.of("REDIS_URL", "redis://:hunter2@a", "GATEWAY_API_KEY", "hunter2hunter2hunter2"));
    assertFalse(settings.toString().contains("hunter2"), settings.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: c",
        "- max-channels",
        "max-channels: {a: 1}",
        "max-channels:",
        "max-channels: 1\nmax-channels: 2",
        "max-channels: 1\n---\nmax-channels: 2",
        "\"",
      })
  void malformedYamlIsOneLine(String text) throws IOException {
    String message = refusal(yaml(text), Map.of());
    assertTrue(message.contains("settings.yaml"), message);
    assertFalse(message.contains("\n"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis-password: hunter2: x",
        "redis-password: 'hunter2",
        "redis-password: \"hunter\\q2\"",
        "redis-password: *hunter2",
        "redis-password: &hunter2",
        "redis-password: !<hunter2",
        "redis-password: @hunter2",
        "redis-password: %hunter2",
        "redis-password: {hunter2",
      })
  void malformedYamlNamesItsLineAndNeverShowsIt(String line) throws IOException {
    String message = refusal(yaml("max-channels: 1\n" + line + "\n"), Map.of());
    assertFalse(message.contains("hunter"), message);
    assertTrue(message.matches(".*settings.yaml line [23].*"), message);
  }

  @Test
  void missingFileIsNamed() {
    String message = refusal(folder.resolve("none.yaml"), Map.of());
    assertTrue(message.contains("none.yaml can't be read"), message);
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("settings.yaml"), text);
  }

  private static Settings load(Map<String, String> environment) {
    return load(null, environment);
  }

  private static Settings load(@Nullable Path file, Map<String, String> environment) {
    return Settings.load(file, environment, Map.of(), Map.of());
  }

  private static String refusal(Map<String, String> environment) {
    return refusal(null, environment);
  }

  private static String refusal(@Nullable Path file, Map<String, String> environment) {
    return assertThrows(ConfigException.class, () -> load(file, environment)).getMessage();
  }
}
