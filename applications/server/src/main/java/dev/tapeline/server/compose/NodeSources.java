package dev.tapeline.server.compose;

import dev.tapeline.core.Publication;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.demand.DemandReport;
import dev.tapeline.plant.foreign.BusFeed;
import dev.tapeline.plant.instruments.InstrumentSharing;
import dev.tapeline.plant.supply.SourceReport;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.plant.supply.Supply;
import dev.tapeline.plant.watch.ChainRequests;
import dev.tapeline.plant.watch.PolledChain;
import dev.tapeline.plant.watch.PolledChains;
import dev.tapeline.plant.watch.PriceRequests;
import dev.tapeline.plant.watch.WishStore;
import dev.tapeline.rest.ChainFetch;
import dev.tapeline.rest.PriceFetch;
import dev.tapeline.rest.SourceProblems;
import dev.tapeline.rest.history.Backfill;
import dev.tapeline.server.backfill.NodeBackfill;
import dev.tapeline.server.history.MarketFolding;
import dev.tapeline.server.history.NodeHistory;
import dev.tapeline.server.nodes.NodeList;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.vendor.HeldSources;
import dev.tapeline.server.vendor.UnderlyingShares;
import dev.tapeline.server.vendor.VendorParts;
import dev.tapeline.server.vendor.VendorPast;
import dev.tapeline.server.vendor.VendorPlan;
import dev.tapeline.server.vendor.VendorSource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
  private final NodeDemand demand;
  private final PriceRequests requests;
  private final ChainRequests chains;
  private final PolledChains polls;
  private final NodeBackfill backfill;
  private final UnderlyingShares underlyings = new UnderlyingShares();
  private volatile List<VendorSource> vendors = List.of();
  private volatile Optional<Supply> supply = Optional.empty();

  /**
   * The sources, none of which runs yet.
   *
   * @param statuses gets the states of sources, on their threads
   * @param history where bars that are fetched of vendors are kept
   */
  NodeSources(
      Settings settings,
      Backbone backbone,
      NodeList nodes,
      InstantSource clock,
      Consumer<SourceStatus> statuses,
      NodeHistory history,
      MeterRegistry meters) {
    this.settings = settings;
    this.backbone = backbone;
    this.clock = clock;
    this.statuses = statuses;
    this.meters = meters;
    this.requests = new PriceRequests(backbone.demand(), backbone.cache(), this::askable);
    this.chains = new ChainRequests(backbone.demand(), backbone.cache());
    bind();
    this.demand = new NodeDemand(settings, backbone, clock, meters);
    this.polls = new PolledChains(backbone.cache(), this::ownPolls, () -> wishes().wishes());
    this.backfill =
        new NodeBackfill(
            settings.history().fetched(),
            history::open,
            instruments,
            settings.calendar(),
            clock,
            meters);
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
   * @param history keeps what is told of the sources, and knows their past
   * @throws dev.tapeline.feed.FeedException if one of them could not be connected to
   */
  void start(
      List<FeedPlan> plans,
      ReplayGate gate,
      Function<String, ArrivalTap> taps,
      NodeHistory history) {
    if (!plans.isEmpty()) {
      SourceFactory factory = new SourceFactory(parts(taps), backbone.own(), gate);
      MarketStudies studies =
          new MarketStudies(settings, demand.book(), instruments, underlyings, meters);
      List<SourceSpec> specs =
          plans.stream().map(plan -> with(studies, plan, factory.make(plan), history)).toList();
      vendors = factory.vendors();
      if (settings.role().hasFeed()) {
        supply(factory, specs.stream().map(spec -> kept(spec, history)).toList());
      }
      vendors.forEach(vendor -> vendor.begin().run()); // any role searches their instruments
    }
    demand.share();
    if (backbone.isShared()) {
      others.start(
          ownLeases(), (standing, status) -> supply.ifPresent(it -> it.heard(standing, status)));
      sharing.start();
      demand.eachSecond(polls::share);
    }
  }

  private SourceSpec with(
      MarketStudies studies, FeedPlan plan, SourceSpec source, NodeHistory history) {
    MarketFolding folding = new MarketFolding(settings.calendar(), instruments, this::keepsHours);
    return source.with(
        studies.analytics(
            plan, source, history.past(source, folding), history.volatilities(source)));
  }

  private static SourceSpec kept(SourceSpec source, NodeHistory history) {
    return source.toldTo(history.listeners(source), history.snapshots(source));
  }

  private void supply(SourceFactory factory, List<SourceSpec> specs) {
    vendors.forEach(this::complete);
    Supply started = Supply.start(specs, backbone, settings.node(), clock, this::heard, meters);
    supply = Optional.of(started);
    SymbolFinder finder = new SymbolFinder(instruments, factory.ranges());
    demand.follow(
        (source, list) -> {
          started.watch(source, list);
          backfill.watched(source, list);
        },
        instruments,
        finder,
        factory.pinned());
  }

  /** Has the bars of a vendor completed, if it can be asked for them. */
  private void complete(VendorSource vendor) {
    VendorPast past = vendor.past();
    if (past != null) {
      SourceSpec spec = vendor.spec();
      backfill.add(spec.name(), past.bars(), spec.simulated(), past.keepsHours());
    }
  }

  private void heard(SourceStatus status) {
    backfill.heard(status);
    statuses.accept(status);
  }

  /** Fetches bars that the sources of this node have missed. */
  Backfill backfill() {
    return backfill;
  }

  /** Whether the markets of a source keep the hours of the calendar. */
  boolean keepsHours(String source) {
    return vendors.stream()
        .filter(vendor -> vendor.spec().name().equals(source))
        .map(VendorSource::past)
        .allMatch(past -> past == null || past.keepsHours());
  }

  private VendorParts parts(Function<String, ArrivalTap> taps) {
    return new VendorParts(
        instruments,
        settings.calendar(),
        settings.dhan(),
        settings.data(),
        taps,
        new Held(),
        underlyings,
        VendorPlan.seedOf(settings.node()),
        clock);
  }

  /** What vendors may do as the holders of their leases. */
  private final class Held implements HeldSources {

    @Override
    public boolean isHeld(String source) {
      return held().contains(source);
    }

    @Override
    public CompletionStage<Void> publish(String source, List<Publication> batch) {
      return supply
          .map(it -> it.publish(source, batch))
          .orElseGet(() ->
              CompletableFuture.failedFuture(
                  new IllegalStateException(source + " has not started yet")));
    }
  }

  /** Whether the source is a vendor of this node or another one, and no simulation or recording. */
  private boolean isVendor(String source) {
    return vendors.stream().anyMatch(vendor -> vendor.spec().name().equals(source))
        || others.isVendor(source);
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

  /** What users have asked the sources to watch. */
  WishStore wishes() {
    return demand.wishes();
  }

  /** Fetches the last prices that the cache does not have from vendors, whichever node has them. */
  PriceFetch prices() {
    return requests::fetch;
  }

  /** Fetches the newest states of option chains, whichever node has their source. */
  ChainFetch chains() {
    return (chain, cached) ->
        new ChainFetch.Answer(chains.fetch(chain, cached), chains.isWanted(chain));
  }

  private void bind() {
    Gauge.builder("tapeline.rest.chains", chains, ChainRequests::size)
        .description("Option chains that are wanted as REST was asked for them")
        .register(meters);
    FunctionCounter.builder("tapeline.rest.chains.refused", chains, ChainRequests::refused)
        .description("Calls for an option chain while too many were wanted")
        .register(meters);
    FunctionCounter.builder("tapeline.rest.prices.refused", requests, PriceRequests::refused)
        .description("Keys whose price was not asked for as too many were")
        .register(meters);
  }

  /** Whether a source that works can tell the price of a key when it is asked. */
  private boolean askable(String key) {
    return instruments
        .byKey(key)
        .flatMap(one -> instruments.sourceOf(one.symbol()))
        .filter(source -> isVendor(source) && of(source).isEmpty())
        .isPresent();
  }

  /** The option chains that sources poll, whichever node runs them. */
  List<PolledChain> polled() {
    Set<String> names = new HashSet<>(others.sources());
    supply.ifPresent(it -> names.addAll(it.names()));
    return polls.all(names);
  }

  /** The option chains of the sources that this node runs now. */
  private Map<String, List<PolledChain>> ownPolls() {
    Set<String> held = held();
    Map<String, List<PolledChain>> chains = new TreeMap<>();
    for (VendorSource vendor : vendors) {
      if (held.contains(vendor.spec().name())) {
        chains.put(vendor.spec().name(), vendor.polled().get());
      }
    }
    return chains;
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
    return demand.report();
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
    backfill.close();
    sharing.close();
    others.close();
    vendors.forEach(vendor -> vendor.end().run());
    requests.close();
    chains.close();
    demand.close();
  }
}
