package dev.tapeline.server.compose;

import dev.tapeline.core.SourceStatus;
import dev.tapeline.core.thread.OwnThread;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.demand.DemandBook;
import dev.tapeline.plant.demand.DemandMeters;
import dev.tapeline.plant.demand.DemandReport;
import dev.tapeline.plant.foreign.BusFeed;
import dev.tapeline.plant.instruments.InstrumentSharing;
import dev.tapeline.plant.supply.SourceReport;
import dev.tapeline.plant.supply.Supply;
import dev.tapeline.rest.SourceProblems;
import dev.tapeline.server.nodes.NodeList;
import dev.tapeline.server.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The sources of market data as one node sees them: those that it runs or stands by for, what
 * clients of all nodes want from them, those that other nodes run, and the instruments of all of
 * them. Safe for all threads.
 */
final class NodeSources implements SourceProblems, AutoCloseable {

  private static final int MAX_INSTRUMENTS = 200_000;

  private final Settings settings;
  private final Backbone backbone;
  private final InstantSource clock;
  private final Consumer<SourceStatus> statuses;
  private final MeterRegistry meters;
  private final Instruments instruments = new Instruments(MAX_INSTRUMENTS, BusFeed.SOURCE);
  private final FeedWatch others;
  private final InstrumentSharing sharing;
  private final ScheduledExecutorService demandThread = new OwnThread("demand");
  private volatile Optional<Supply> supply = Optional.empty();
  private volatile Optional<DemandBook> book = Optional.empty();

  /**
   * The sources, none of which runs yet.
   *
   * @param statuses gets the states of sources, on their threads
   */
  NodeSources(
      Settings settings,
      Backbone backbone,
      NodeList nodes,
      InstantSource clock,
      Consumer<SourceStatus> statuses,
      MeterRegistry meters) {
    this.settings = settings;
    this.backbone = backbone;
    this.clock = clock;
    this.statuses = statuses;
    this.meters = meters;
    this.others = new FeedWatch(nodes, backbone.leases(), statuses, clock);
    this.sharing =
        new InstrumentSharing(
            backbone.cache(), instruments, this::held, others::sources, clock.millis());
  }

  /**
   * Runs or stands by for the sources, if the node's role has any.
   *
   * @param gate lets clients of this node hold a replay
   * @param taps hears what arrives at a source, by its name
   * @throws dev.tapeline.feed.FeedException if one of them could not be connected to
   */
  void start(List<FeedPlan> plans, ReplayGate gate, Function<String, ArrivalTap> taps) {
    if (settings.role().hasFeed() && !plans.isEmpty()) {
      followDemand();
      SourceFactory factory = new SourceFactory(instruments, backbone.own(), gate, taps, clock);
      supply =
          Optional.of(
              Supply.start(
                  plans.stream().map(factory::make).toList(),
                  backbone,
                  settings.node(),
                  clock,
                  statuses,
                  meters));
    }
    DemandMeters.bind(meters, backbone.demand(), book.orElse(null));
    if (backbone.isShared()) {
      others.start(
          ownLeases(), (standing, status) -> supply.ifPresent(it -> it.heard(standing, status)));
      sharing.start();
    }
  }

  private void followDemand() {
    DemandBook all =
        new DemandBook(settings.demandRelease(), List.of(), DemandBook.DEFAULT_MAX_SELECTORS);
    book = Optional.of(all);
    backbone.demand().listen(all);
    var _ =
        demandThread.scheduleWithFixedDelay(
            () -> all.onTime(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
  }

  private Set<String> held() {
    return supply.map(Supply::held).orElse(Set.of());
  }

  /** The leases of the sources that this node runs or stands by for. */
  private Set<String> ownLeases() {
    return reports().stream().map(SourceReport::lease).collect(Collectors.toSet());
  }

  /** The instruments of all sources, as far as they are known. */
  Instruments instruments() {
    return instruments;
  }

  /** Whether the node runs or stands by for a source that can run while the bus is away. */
  boolean runsAlone() {
    return supply.filter(Supply::runsAlone).isPresent();
  }

  /** The states of this node's sources. */
  List<SourceReport> reports() {
    return supply.map(Supply::reports).orElse(List.of());
  }

  /** The demand of this node's clients and on its sources. */
  DemandReport demand() {
    return book.map(all -> DemandReport.of(backbone.demand(), all))
        .orElseGet(() -> DemandReport.of(backbone.demand()));
  }

  /** The leases of sources that this node holds. */
  List<String> heldLeases() {
    return supply.map(Supply::leases).orElse(List.of());
  }

  /** The sources of this node that no node runs, and why. */
  Optional<String> ownProblem() {
    return supply.flatMap(Supply::problem);
  }

  /** The sources of other nodes that no node runs, and why. */
  Optional<String> othersProblem() {
    return others.problem();
  }

  @Override
  public Optional<String> any() {
    return ownProblem().or(others::problem).or(this::silence);
  }

  @Override
  public Optional<String> of(String source) {
    return supply
        .flatMap(it -> it.problem(source))
        .or(() -> others.problem(source))
        .or(() -> Optional.ofNullable(silences().get(source)));
  }

  /** Why nothing comes from any source; empty if something should come from one. */
  private Optional<String> silence() {
    Map<String, String> silent = silences();
    Set<String> names = new HashSet<>(others.sources());
    supply.ifPresent(it -> names.addAll(it.names()));
    return silent.isEmpty() || !silent.keySet().containsAll(names)
        ? Optional.empty()
        : Optional.of(String.join("; ", silent.values()));
  }

  private Map<String, String> silences() {
    Map<String, String> all = new TreeMap<>(others.silences());
    supply.ifPresent(it -> all.putAll(it.silences()));
    return all;
  }

  /** Releases the sources, so that other nodes can run them at once. */
  void giveUp() {
    supply.ifPresent(Supply::close);
  }

  @Override
  public void close() {
    giveUp();
    sharing.close();
    others.close();
    demandThread.shutdownNow();
  }
}
