package dev.tapeline.server.rest;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Cache;
import dev.tapeline.core.Folds;
import dev.tapeline.core.Nodes;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.embedded.EmbeddedLeases;
import dev.tapeline.embedded.EmbeddedNodes;
import dev.tapeline.gateway.Gateway;
import dev.tapeline.gateway.GatewayConfig;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.plant.demand.DemandReport;
import dev.tapeline.plant.supply.SourceReport;
import dev.tapeline.plant.watch.PolledChain;
import dev.tapeline.plant.watch.WishStore;
import dev.tapeline.rest.ChainFetch;
import dev.tapeline.rest.PriceFetch;
import dev.tapeline.rest.Readiness;
import dev.tapeline.rest.RestParts;
import dev.tapeline.rest.RestServer;
import dev.tapeline.rest.SourceProblems;
import dev.tapeline.rest.history.Backfill;
import dev.tapeline.rest.history.HistoryAccess;
import dev.tapeline.rest.history.HistoryParts;
import dev.tapeline.rest.http.Door;
import dev.tapeline.server.history.MarketFolding;
import dev.tapeline.server.nodes.BusReport;
import dev.tapeline.server.nodes.GatewayReport;
import dev.tapeline.server.nodes.NodeList;
import dev.tapeline.server.nodes.NodeReport;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.Version;
import dev.tapeline.store.history.History;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A REST server on a free port, with an embedded bus whose publications it records. */
final class RestRig implements AutoCloseable, Bus.Listener {

  static final String KEY = "a-key-for-the-tests";
  static final Instant NOW = Instant.parse("2024-01-01T12:00:15Z");

  final EmbeddedBus bus = new EmbeddedBus(100);
  final EmbeddedCache cache;
  final Readiness readiness = new Readiness();
  final Instruments instruments = new Instruments(1000, "bus");
  final EmbeddedLeases leases = new EmbeddedLeases(() -> NOW.toEpochMilli() - 500);
  final List<Publication> published = Collections.synchronizedList(new ArrayList<>());
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final RestServer server;

  /** The reason why no node runs the feed. */
  Optional<String> feedProblem = Optional.empty();

  /** The gateway, on its own bus. */
  private Optional<Gateway> gateway = Optional.empty();

  /** What the vendors tell. */
  PriceFetch prices = PriceFetch.NONE;

  /** What comes of chains that are asked for. */
  ChainFetch chains = ChainFetch.NONE;

  /** What is known of the past. */
  Optional<History> history = Optional.empty();

  /** Completes the past. */
  Backfill backfill = Backfill.NONE;

  /** The chains that are polled. */
  List<PolledChain> polled = List.of();

  final WishStore wishes;
  private final Settings settings;
  private final HttpClient client = HttpClient.newHttpClient();

  RestRig(Map<String, String> settings) {
    this(settings, new EmbeddedCache(1000, () -> 0));
  }

  RestRig(Map<String, String> settings, Cache read) {
    this(settings, read, new EmbeddedNodes(NOW::toEpochMilli));
  }

  RestRig(Map<String, String> settings, Cache read, Nodes nodes) {
    this.cache = read instanceof EmbeddedCache embedded ? embedded : new EmbeddedCache(1, () -> 0);
    bus.start(this);
    bus.subscribe(Selector.parse("*"));
    readiness.require(() -> "the bus is down", () -> bus.state() == Bus.State.UP);
    instruments.add(
        "simulator",
        new Instrument.Index(
            new Reference("NIFTY", "IDX_I", "13", "Nifty 50", new BigDecimal("0.05"))));
    instruments.add("replay", Instrument.binance("BTCUSDT"));
    Map<String, String> all = new HashMap<>(Map.of("GATEWAY_API_KEY", KEY));
    all.putAll(settings);
    Settings loaded = Settings.load(all, Map.of());
    this.settings = loaded;
    this.wishes =
        new WishStore(
            loaded.data().resolve("rig-%s.json".formatted(UUID.randomUUID())), read, () -> NOW);
    RestParts parts =
        new RestParts(
            loaded.restConfig(),
            bus,
            read,
            keys -> prices.fetch(keys),
            (chain, cached) -> chains.fetch(chain, cached),
            instruments,
            wishes,
            () -> polled,
            loaded.calendar(),
            readiness,
            new NodeList(nodes, leases, "n1", () -> report(loaded), () -> NOW),
            () -> gateway.map(Gateway::administration),
            new Problems(),
            new HistoryParts(
                () -> history,
                instruments,
                new MarketFolding(loaded.calendar(), instruments),
                (source, one, wish) -> backfill.fill(source, one, wish),
                read,
                HistoryAccess.ALL,
                () -> NOW),
            meters,
            () -> NOW);
    Door door = new Door.Port("127.0.0.1", 0, loaded.gateway().http().handshakeTimeout(), null);
    server = new RestServer(parts, door).start();
  }

  /** Gives the node a gateway; returns its port. */
  int startGateway() {
    GatewayConfig config =
        GatewayConfig.builder()
            .kinds(ChannelRules.KINDS)
            .listener(it -> it.withPorts(List.of(0)).withBindHost("127.0.0.1").withLanes(2))
            .authenticator(settings.authenticator())
            .build();
    Gateway started =
        new Gateway(config, new EmbeddedBus(100), Folds.NONE, new SimpleMeterRegistry());
    gateway = Optional.of(started);
    return started.start().getFirst();
  }

  private NodeReport report(Settings settings) {
    String feed =
        settings.feeds().isEmpty()
            ? "none"
            : settings.feeds().getFirst().kind().name().toLowerCase(Locale.ROOT);
    return report(feed, bus.state() == Bus.State.UP);
  }

  /** The report of a node with an embedded bus. */
  static NodeReport report(String feed, boolean up) {
    SourceReport source =
        feed.equals("none")
            ? null
            : new SourceReport(
                feed, "feed:" + feed, "standby", "simulated", null, null, 1, 2, 3, 4);
    return new NodeReport(
        "host",
        7,
        "all",
        Version.TEXT,
        NOW.toEpochMilli() - 60_000,
        List.of(8080),
        false,
        BusReport.embedded(up),
        GatewayReport.of(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)),
        source,
        source == null ? List.of() : List.of(source),
        new DemandReport(3, 1, null),
        List.of("adopter:1"),
        null);
  }

  /** Reports {@link #feedProblem}, for the source simulator. */
  private final class Problems implements SourceProblems {

    @Override
    public Optional<String> any() {
      return feedProblem;
    }

    @Override
    public Optional<String> of(String source) {
      return feedProblem.filter(_ -> source.equals("simulator"));
    }
  }

  void put(String key, String value) {
    cache.write(List.of(new Cache.Write.Put(key, value, Duration.ofSeconds(30))));
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path, headers).build());
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return send(request(path, headers).POST(BodyPublishers.ofString(body)).build());
  }

  HttpResponse<String> put(String path, String body, String... headers) throws Exception {
    return send(request(path, headers).PUT(BodyPublishers.ofString(body)).build());
  }

  HttpResponse<String> delete(String path, String... headers) throws Exception {
    return send(request(path, headers).DELETE().build());
  }

  /** Waits until this line is among the metrics. */
  void awaitMetric(String line) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String metrics = meters.scrape();
    while (metrics.lines().noneMatch(line::equals)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no " + line + " in " + metrics);
      }
      Thread.onSpinWait();
      metrics = meters.scrape();
    }
  }

  HttpResponse<String> publish(String body) throws Exception {
    return post("/api/v1/publish", body, "Authorization", "Bearer " + KEY);
  }

  private HttpRequest.Builder request(String path, String... headers) {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void onSubscribed(Selector selector, List<Publication> last) {}

  @Override
  public void onPublication(Publication publication) {
    published.add(publication);
  }

  @Override
  public void onPosition(String channel, Position position, @Nullable Publication newest) {}

  @Override
  public void onState(Bus.State state) {}

  @Override
  public void close() {
    gateway.ifPresent(Gateway::close);
    client.close();
    server.close();
  }
}
