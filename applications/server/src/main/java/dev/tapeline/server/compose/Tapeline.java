package dev.tapeline.server.compose;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.core.admin.Administration;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.gateway.Gateway;
import dev.tapeline.gateway.GatewayException;
import dev.tapeline.plant.supply.SourceReport;
import dev.tapeline.redis.topology.Refusals;
import dev.tapeline.rest.Readiness;
import dev.tapeline.rest.RestParts;
import dev.tapeline.rest.RestServer;
import dev.tapeline.rest.history.HistoryAccess;
import dev.tapeline.rest.history.HistoryParts;
import dev.tapeline.rest.http.Door;
import dev.tapeline.rest.http.DoorException;
import dev.tapeline.server.history.MarketFolding;
import dev.tapeline.server.history.NodeHistory;
import dev.tapeline.server.nodes.GatewayReport;
import dev.tapeline.server.nodes.NodeList;
import dev.tapeline.server.nodes.NodeReport;
import dev.tapeline.server.nodes.NodeReporter;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.Version;
import dev.tapeline.server.settings.part.NodeName;
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
import org.jspecify.annotations.Nullable;

/** The running server: the parts of its role, joined. */
public final class Tapeline implements AutoCloseable {

  /** How long a start waits for Redis; without it the server runs all the same. */
  private static final Duration BUS_PATIENCE = Duration.ofSeconds(2);

  private final Settings settings;
  private final InstantSource clock = InstantSource.system();
  private final Readiness readiness = new Readiness();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMeters processMeters = new ProcessMeters();
  private final Backbone backbone;
  private final NodeDatabase database;
  private final NodeHistory history;
  private final @Nullable LiveCertificate certificate;
  private final Door door;
  private final RestServer rest;
  private final Optional<Gateway> gateway;
  private final NodeList nodes;
  private final NodeReporter reporter;
  private final NodeSources sources;
  private final long startedAt = clock.millis();
  private volatile List<Integer> ports = List.of();
  private volatile boolean draining;

  private Tapeline(Settings settings) {
    this.settings = settings;
    this.backbone = Backbone.of(settings, meters);
    this.database = new NodeDatabase(settings, meters);
    this.history = new NodeHistory(settings.history(), database.database(), clock, meters);
    this.nodes =
        new NodeList(backbone.nodes(), backbone.leases(), settings.node(), this::report, clock);
    this.reporter =
        new NodeReporter(
            backbone.nodes(),
            settings.node(),
            this::report,
            () -> !backbone.isUp() || backbone.refusal().isPresent());
    Gauge.builder("tapeline.node.name.shared", () -> reporter.sameName().isPresent() ? 1 : 0)
        .description("1 while another node has this node's name")
        .register(meters);
    this.sources =
        new NodeSources(settings, backbone, nodes, clock, this::tellClients, history, meters);
    addConditions();
    this.certificate =
        settings.tls() == null
            ? null
            : new LiveCertificate(settings.tls(), LiveCertificate.INTERVAL, meters);
    this.door = door(settings, certificate);
    this.rest = new RestServer(restParts(), door);
    this.gateway =
        door instanceof Door.Socket socket
            ? Optional.of(
                GatewayWiring.gateway(settings, backbone.own(), certificate, socket.path(), meters))
            : Optional.empty();
  }

  private RestParts restParts() {
    return new RestParts(
        settings.restConfig(),
        backbone.bus(),
        backbone.cache(),
        sources.prices(),
        sources.chains(),
        sources.instruments(),
        sources.wishes(),
        sources::polled,
        settings.calendar(),
        readiness,
        nodes,
        this::administration,
        sources,
        historyParts(),
        meters,
        clock);
  }

  private HistoryParts historyParts() {
    return new HistoryParts(
        history::open,
        sources.instruments(),
        new MarketFolding(settings.calendar(), sources.instruments(), sources::keepsHours),
        sources.backfill(),
        backbone.cache(),
        HistoryAccess.ALL,
        clock);
  }

  private void addConditions() {
    readiness.require(() -> "the bus is down: " + backbone.problem(), backbone::isUp);
    readiness.require(
        () -> backbone.refusal().map(Refusals.Reason::advice).orElse(""),
        () -> backbone.refusal().isEmpty());
    readiness.require(() -> sources.ownProblem().orElse(""), () -> sources.ownProblem().isEmpty());
    readiness.mention(sources::othersProblem);
    readiness.mention(database::problem);
    readiness.mention(history::problem);
    readiness.showDatabase(database::state);
    readiness.tolerateIf(this::isReadyWithoutRedis);
  }

  private boolean isReadyWithoutRedis() {
    return switch (settings.readyWithoutRedis()) {
      case TRUE -> true;
      case FALSE -> false;
      case AUTO -> backbone.standsIn() && sources.runsAlone() && sources.ownProblem().isEmpty();
    };
  }

  private Optional<Administration> administration() {
    return gateway.map(Gateway::administration);
  }

  private static Door door(Settings settings, @Nullable LiveCertificate certificate) {
    return settings.role().hasGateway()
        ? Door.Socket.create()
        : new Door.Port(
            settings.gateway().listener().bindHost(),
            settings.gateway().apiPort(),
            settings.gateway().http().handshakeTimeout(),
            certificate);
  }

  /**
   * Starts everything; when it returns, the server is ready, or will be when its bus is back.
   *
   * @throws StartException saying what to correct
   */
  public static Tapeline start(Settings settings, List<FeedPlan> plans) {
    return start(settings, plans, Recorders.NONE);
  }

  /**
   * Starts everything, with its live sources recorded.
   *
   * @param recorders closed by the caller, after the server
   * @throws StartException saying what to correct
   */
  public static Tapeline start(Settings settings, List<FeedPlan> plans, Recorders recorders) {
    AccessCheck.run(settings);
    Tapeline tapeline = joined(settings);
    RecorderMeters.bind(tapeline.meters, recorders);
    try {
      tapeline.listen();
      tapeline.backbone.awaitUp(BUS_PATIENCE);
      tapeline.backbone.begin();
      beside(() -> StartChecks.run(settings, System.getenv()), "start-checks");
      beside(() -> tapeline.processMeters.bind(tapeline.meters), "process-meters");
      tapeline.sources.start(plans, tapeline.gate(), recorders::tap, tapeline.history);
      tapeline.reporter.start();
      tapeline.backbone.onRefusal(reason -> tapeline.tellRefusal(reason.orElse(null)));
      return tapeline;
    } catch (RuntimeException e) {
      tapeline.close();
      throw e;
    }
  }

  /** Runs a task beside the start, which does not wait for it. */
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
      throw PortProblem.explain(settings.gateway(), e);
    }
  }

  private ReplayGate gate() {
    return gateway.map(GatewayWiring::gate).orElse(ReplayGate.OPEN);
  }

  private void tellClients(SourceStatus status) {
    gateway.ifPresent(any -> any.status(status));
  }

  private void tellRefusal(Refusals.@Nullable Reason reason) {
    gateway.ifPresent(any -> any.busRefuses(reason == null ? null : reason.words()));
  }

  private NodeReport report() {
    List<String> leases = new ArrayList<>(backbone.heldLeases());
    leases.addAll(sources.heldLeases());
    List<SourceReport> reports = sources.reports();
    return new NodeReport(
        NodeName.host(),
        ProcessHandle.current().pid(),
        settings.role().name().toLowerCase(Locale.ROOT),
        Version.TEXT,
        startedAt,
        ports,
        draining,
        backbone.report(),
        settings.role().hasGateway() ? GatewayReport.of(meters) : null,
        reports.isEmpty() ? null : reports.getFirst(),
        reports,
        sources.demand(),
        leases,
        reporter.sameName().orElse(null));
  }

  /** The ports that the server listens on; the first one serves everything. */
  public List<Integer> ports() {
    return ports;
  }

  /** Another view of the bus of this node's gateway and sources. */
  Bus view() {
    return backbone.own().view();
  }

  /** Publishes a message on the server's own bus. */
  public void publish(String channel, String payload) {
    backbone.bus().publish(List.of(Publication.of(channel, payload)));
  }

  /**
   * Accepts no more clients, and asks those that are connected to reconnect, spread over the time.
   * Feeds that another node can take over are released first.
   */
  public void drain(Duration limit) throws InterruptedException {
    draining = true;
    readiness.drain();
    if (settings.redis() != null) {
      sources.giveUp();
    }
    if (gateway.isPresent()) {
      gateway.get().drain(limit);
    }
  }

  @Override
  public void close() {
    readiness.drain();
    sources.close();
    reporter.close();
    gateway.ifPresent(Gateway::close);
    rest.close();
    history.close();
    database.close();
    backbone.close();
    door.close();
    if (certificate != null) {
      certificate.close();
    }
    processMeters.close();
  }
}
