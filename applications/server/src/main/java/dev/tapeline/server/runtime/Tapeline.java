package dev.tapeline.server.runtime;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.core.admin.Administration;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.feed.replay.ReplayFeed;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.feed.simulator.SessionPlan;
import dev.tapeline.feed.simulator.SimulatedInstruments;
import dev.tapeline.feed.simulator.SimulatorFeed;
import dev.tapeline.gateway.Gateway;
import dev.tapeline.gateway.GatewayException;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.supply.SourceReport;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.plant.supply.Supply;
import dev.tapeline.redis.topology.Refusals;
import dev.tapeline.rest.Door;
import dev.tapeline.rest.DoorException;
import dev.tapeline.rest.Readiness;
import dev.tapeline.rest.RestParts;
import dev.tapeline.rest.RestServer;
import dev.tapeline.rest.SourceProblems;
import dev.tapeline.server.config.NodeName;
import dev.tapeline.server.config.Settings;
import dev.tapeline.server.config.Version;
import dev.tapeline.server.nodes.GatewayReport;
import dev.tapeline.server.nodes.NodeList;
import dev.tapeline.server.nodes.NodeReport;
import dev.tapeline.server.nodes.NodeReporter;
import dev.tapeline.tls.LiveCertificate;
import dev.tapeline.tls.TlsException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The running server: the parts of its role, joined. */
public final class Tapeline implements AutoCloseable {

  private static final int MAX_INSTRUMENTS = 200_000;

  /** Any number; the same one gives the same market. */
  private static final long SIMULATOR_SEED = 1;

  /** How long a start waits for Redis; without it the server runs all the same. */
  private static final Duration BUS_PATIENCE = Duration.ofSeconds(2);

  private final Settings settings;
  private final InstantSource clock = InstantSource.system();
  private final Readiness readiness = new Readiness();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMeters processMeters = new ProcessMeters();
  private final Instruments instruments = new Instruments(MAX_INSTRUMENTS, "bus");
  private final Backbone backbone;
  private final Optional<LiveCertificate> certificate;
  private final Door door;
  private final RestServer rest;
  private final Optional<Gateway> gateway;
  private final NodeList nodes;
  private final NodeReporter reporter;
  private final FeedWatch feeds;
  private final long startedAt = clock.millis();
  private volatile List<Integer> ports = List.of();
  private volatile Optional<Supply> supply = Optional.empty();
  private volatile boolean draining;

  private Tapeline(Settings settings) {
    this.settings = settings;
    this.backbone = Backbone.of(settings, meters);
    Backbone.Shared shared = backbone.shared();
    this.nodes =
        new NodeList(shared.nodes(), shared.leases(), settings.node(), this::report, clock);
    this.reporter =
        new NodeReporter(
            shared.nodes(),
            settings.node(),
            this::report,
            () -> !backbone.isUp() || backbone.refusal().isPresent());
    Gauge.builder("tapeline.node.name.shared", () -> reporter.sameName().isPresent() ? 1 : 0)
        .description("1 while another node has this node's name")
        .register(meters);
    this.feeds = new FeedWatch(nodes, shared.leases(), this::tellClients, clock);
    addConditions();
    this.certificate =
        settings.tls().map(files -> new LiveCertificate(files, LiveCertificate.INTERVAL, meters));
    this.door = door(settings, certificate);
    this.rest =
        new RestServer(
            new RestParts(
                settings.restConfig(),
                backbone.bus(),
                backbone.cache(),
                instruments,
                readiness,
                nodes,
                this::administration,
                new Problems(),
                meters,
                clock),
            door);
    this.gateway =
        door instanceof Door.Socket socket
            ? Optional.of(
                GatewayWiring.gateway(settings, backbone.own(), certificate, socket.path(), meters))
            : Optional.empty();
  }

  private void addConditions() {
    readiness.require(() -> "the bus is down: " + backbone.problem().get(), backbone::isUp);
    readiness.require(
        () -> backbone.refusal().map(Refusals.Reason::advice).orElse(""),
        () -> backbone.refusal().isEmpty());
    readiness.require(() -> ownFeedProblem().orElse(""), () -> ownFeedProblem().isEmpty());
    readiness.mention(feeds::problem);
    readiness.tolerateIf(this::isReadyWithoutRedis);
  }

  private Optional<String> ownFeedProblem() {
    return supply.flatMap(Supply::problem);
  }

  /** The leases of the sources that this node runs or stands by for. */
  private Set<String> ownLeases() {
    return supply
        .map(it -> it.reports().stream().map(SourceReport::lease).collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  /** Why data does not come, of this node's sources and of others'. */
  private final class Problems implements SourceProblems {

    @Override
    public Optional<String> any() {
      return ownFeedProblem().or(feeds::problem);
    }

    @Override
    public Optional<String> of(String source) {
      return supply.flatMap(it -> it.problem(source)).or(() -> feeds.problem(source));
    }
  }

  private boolean isReadyWithoutRedis() {
    return switch (settings.readyWithoutRedis()) {
      case TRUE -> true;
      case FALSE -> false;
      case AUTO -> backbone.standsIn() && supply.isPresent() && ownFeedProblem().isEmpty();
    };
  }

  private Optional<Administration> administration() {
    return gateway.map(Gateway::administration);
  }

  private static Door door(Settings settings, Optional<LiveCertificate> certificate) {
    return settings.role().hasGateway()
        ? Door.Socket.create()
        : new Door.Port(
            settings.listen().bindHost(),
            settings.listen().apiPort(),
            settings.limits().handshakeTimeout(),
            certificate);
  }

  /**
   * Starts everything; when it returns, the server is ready, or will be when its bus is back.
   *
   * @throws StartException saying what to mend
   */
  public static Tapeline start(Settings settings, List<FeedPlan> plans) {
    AccessCheck.run(settings);
    Tapeline tapeline = joined(settings);
    try {
      tapeline.listen();
      tapeline.backbone.awaitUp(BUS_PATIENCE);
      tapeline.backbone.begin().run();
      beside(() -> StartChecks.run(settings, System.getenv()), "start-checks");
      beside(() -> tapeline.processMeters.bind(tapeline.meters), "process-meters");
      tapeline.startSources(plans);
      tapeline.reporter.start();
      tapeline.watch();
      return tapeline;
    } catch (RuntimeException e) {
      tapeline.close();
      throw e;
    }
  }

  /** Does what nobody waits for at the start. */
  private static void beside(Runnable task, String name) {
    Thread.ofVirtual().name(name).start(task);
  }

  private static Tapeline joined(Settings settings) {
    try {
      return new Tapeline(settings);
    } catch (GatewayException | TlsException | DoorException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private void listen() {
    try {
      rest.start();
      if (gateway.isPresent()) {
        ports = gateway.get().start();
      } else {
        backbone.own().start(Bus.Listener.DEAF);
        ports = List.of(rest.port());
      }
    } catch (GatewayException | io.javalin.util.JavalinException e) {
      throw PortProblem.explain(settings.listen(), e);
    }
  }

  private void startSources(List<FeedPlan> plans) {
    if (settings.role().hasFeed() && !plans.isEmpty()) {
      List<SourceSpec> specs = plans.stream().map(this::source).toList();
      supply =
          Optional.of(
              Supply.start(specs, backbone, settings.node(), clock, this::tellClients, meters));
    }
  }

  private void tellClients(SourceStatus status) {
    gateway.ifPresent(any -> any.status(status));
  }

  private void watch() {
    backbone
        .redis()
        .ifPresent(redis -> redis.refusals().onChange(reason -> tellRefusal(reason.orElse(null))));
    backbone.refusal().ifPresent(this::tellRefusal);
    if (backbone.redis().isPresent()) {
      feeds.start(ownLeases());
    }
  }

  private void tellRefusal(Refusals.@Nullable Reason reason) {
    gateway.ifPresent(any -> any.busRefuses(reason == null ? null : reason.words()));
  }

  private SourceSpec source(FeedPlan plan) {
    return switch (plan) {
      case FeedPlan.Simulator _ -> simulator();
      case FeedPlan.Replay replay -> replay(replay);
    };
  }

  private SourceSpec simulator() {
    SimulatedInstruments.all().forEach(each -> instruments.add("simulator", each));
    return new SourceSpec(
        "simulator",
        SourceSpec.lease("simulator"),
        FeedStatus.State.SIMULATED,
        () -> {},
        () -> SimulatorFeed.of(SIMULATOR_SEED, SessionPlan.COMPRESSED, clock));
  }

  private SourceSpec replay(FeedPlan.Replay plan) {
    Supplier<ReplayFeed> feeds =
        () ->
            new ReplayFeed(
                plan.recording(),
                () -> new BinanceDecoder(this::binance),
                plan.options(),
                gateway.map(GatewayWiring::gate).orElse(ReplayGate.OPEN),
                clock);
    return new SourceSpec(
        "replay",
        SourceSpec.lease("replay:" + plan.recording().path().getFileName()),
        FeedStatus.State.REPLAY,
        () -> feeds.get().check(),
        feeds);
  }

  private Instrument binance(String symbol) {
    Instrument instrument = Instrument.binance(symbol);
    instruments.add("replay", instrument);
    return instrument;
  }

  private NodeReport report() {
    List<String> leases = new ArrayList<>(backbone.shared().held().get());
    supply.ifPresent(it -> leases.addAll(it.leases()));
    return new NodeReport(
        NodeName.host(),
        ProcessHandle.current().pid(),
        settings.role().name().toLowerCase(Locale.ROOT),
        Version.TEXT,
        startedAt,
        ports,
        draining,
        backbone.shared().figures().get(),
        settings.role().hasGateway() ? GatewayReport.of(meters) : null,
        supply.map(it -> it.reports().getFirst()).orElse(null),
        supply.map(Supply::reports).orElse(List.of()),
        leases,
        reporter.sameName().orElse(null));
  }

  /** The ports that the server listens on; the first has everything. */
  public List<Integer> ports() {
    return ports;
  }

  /** Publishes a message on the server's own bus. */
  public void publish(String channel, String payload) {
    backbone.bus().publish(List.of(Publication.of(channel, payload)));
  }

  /**
   * Takes no more clients, and sends those that are here away, spread over the time. A feed that
   * another node can take over is given up before.
   */
  public void drain(Duration limit) throws InterruptedException {
    draining = true;
    readiness.drain();
    if (settings.redis().isPresent()) {
      supply.ifPresent(Supply::close);
    }
    if (gateway.isPresent()) {
      gateway.get().drain(limit);
    }
  }

  @Override
  public void close() {
    readiness.drain();
    supply.ifPresent(Supply::close);
    reporter.close();
    feeds.close();
    gateway.ifPresent(Gateway::close);
    rest.close();
    backbone.close();
    door.close();
    certificate.ifPresent(LiveCertificate::close);
    processMeters.close();
  }
}
