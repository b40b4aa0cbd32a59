package dev.tapeline.plant.supply;

import dev.tapeline.core.Excerpt;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Publication;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.core.thread.OwnThread;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.Watchlist;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A source of market data, as one node runs it or stands by. The node runs it while it holds the
 * source's lease, publishes as its holder, and stands by otherwise. A node that has clients of its
 * own also runs it while Redis is away, for these alone, unless its ticks come by Redis.
 *
 * <p>Its thread, {@code source-{NAME}}, owns the run; other threads ask {@link #report} and
 * publish.
 */
final class Source implements AutoCloseable {

  private static final long LOOK_MILLIS = 200;
  private static final String BUS_AWAY = "the bus is away";
  private static final Duration END = Duration.ofSeconds(7);
  private static final Logger log = LoggerFactory.getLogger(Source.class);

  private final SourceSpec spec;
  private final PlantBus bus;
  private final String node;
  private final ToldStatus status;
  private final SourceMeters meters;
  private final SourceFailures failures;
  private final LeasedCarrier carrier;
  private final SourceRuns runs;
  private final ScheduledExecutorService thread;

  private volatile SourceReport.State state = SourceReport.State.STANDBY;
  private volatile @Nullable String problem;

  // owned by the thread
  private final SourceClaim claim;
  private final Vacancy vacancy = new Vacancy();
  private final StandInPolicy standIn;

  Source(
      SourceSpec spec,
      PlantBus bus,
      AsideVotes votes,
      String node,
      InstantSource clock,
      Consumer<SourceStatus> statuses,
      MeterRegistry registry) {
    this.spec = spec;
    this.bus = bus;
    this.node = node;
    this.status = new ToldStatus(spec.name(), clock, statuses);
    this.standIn = new StandInPolicy(spec, bus, votes, vacancy, System.nanoTime());
    this.thread = new OwnThread("source-" + spec.name());
    this.claim = new SourceClaim(bus.leases(), spec.lease(), node, thread, new ClaimListener());
    this.meters = new SourceMeters(spec.name(), registry);
    this.failures = new SourceFailures(spec.name(), meters.failures());
    this.carrier = new LeasedCarrier(bus, this::fenced);
    this.runs =
        new SourceRuns(
            spec,
            carrier,
            new GuardedCache(bus.cache(), this::isHeld),
            clock,
            status,
            meters,
            thread,
            new RunListener());
    Gauge.builder("tapeline.feed.held", this, it -> it.isHeld() ? 1 : 0)
        .tag("source", spec.name())
        .description("1 while this node holds the lease of the source")
        .register(registry);
  }

  /**
   * Starts to claim the lease.
   *
   * @throws FeedException if the source could not be connected to
   */
  Source start() {
    spec.check().run();
    thread.execute(claim::make);
    if (bus.standsIn()) {
      if (standIn.isAway()) {
        thread.execute(this::runAlone);
      } else if (!bus.isUp()) {
        thread.execute(this::tellDown);
      }
      var _ =
          thread.scheduleWithFixedDelay(
              this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return this;
  }

  /** Says what the source is to watch from now on. */
  void watch(Watchlist watchlist) {
    onThread(() -> runs.watch(watchlist));
  }

  /** Publishes as its run does. */
  CompletionStage<Void> publish(List<Publication> batch) {
    return carrier.publish(batch);
  }

  String name() {
    return spec.name();
  }

  String lease() {
    return spec.lease();
  }

  boolean runsAlone() {
    return spec.runsAlone();
  }

  /** The lease, while this node has it. */
  List<String> leases() {
    return isHeld() ? List.of(spec.lease()) : List.of();
  }

  /** The state of this node's source. */
  SourceReport report() {
    return meters.report(spec, state, status.newest(), standIn.isCutOff() ? BUS_AWAY : problem);
  }

  /** Why no node runs the feed, as far as this node knows; empty if a node does. */
  Optional<String> problem() {
    return Optional.ofNullable(problem)
        .map(why -> "nobody runs the feed %s: %s".formatted(spec.name(), why));
  }

  /** Why nothing comes from the feed that this node runs; empty if it should. */
  Optional<String> silence() {
    if (state == SourceReport.State.ENDED) {
      return Optional.of("the feed %s has come to its end".formatted(spec.name()));
    }
    return state != SourceReport.State.STANDBY && status.isDown()
        ? Optional.of("the feed %s is down".formatted(spec.name()))
        : Optional.empty();
  }

  boolean isHeld() {
    return carrier.isHeld();
  }

  /**
   * Notes what another node reports of the source.
   *
   * @param holder the node that has the lease; null if none has
   * @param reported its status of the source; null if it has reported none
   */
  void heard(@Nullable String holder, @Nullable SourceStatus reported) {
    onThread(() -> {
      if (!runs.isRunning() && !node.equals(holder)) {
        heardOnStandby(holder, reported);
      }
    });
  }

  private void heardOnStandby(@Nullable String holder, @Nullable SourceStatus reported) {
    if (claim.open() == null) { // after a failure: no claim tells who has the lease
      if (vacancy.heard(holder)) {
        tellDown();
      }
      problem = vacancy.problem();
    }
    if (holder != null && reported != null) {
      status.tell(reported.state(), reported.reason());
    }
  }

  // The lease.

  /** Handles the changes of the claim, on the source's thread. */
  private final class ClaimListener implements Leases.Listener {

    @Override
    public void onHeld(Fence fence) {
      Leases.Claim held = claim.open();
      if (held != null) {
        carrier.hold(held, fence);
        vacancy.filled();
        standIn.granted(System.nanoTime());
        begin(SourceReport.State.HELD);
        look();
      }
    }

    @Override
    public void onLost() {
      carrier.letGo();
      if (!standIn.applies()) {
        stop("its lease is lost");
      }
      look();
    }

    @Override
    public void onWaiting(String other) {
      vacancy.filledBy(other);
      look();
      if (!standIn.isAway()) {
        log.info("{} stands by: {} runs it", spec.name(), other);
        standBy();
      }
    }

    /** No node gets the lease: a run goes on until it ends by this node's own clock. */
    @Override
    public void onRefused(String reason) {
      vacancy.refused(reason);
      if (!runs.isRunning()) {
        tellDown();
      }
      look();
    }
  }

  private void onThread(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      log.debug("{} has ended", spec.lease(), e);
    }
  }

  private void standBy() {
    endRun(Level.WARN, "the lease is held by " + vacancy.holder());
    status.tell(spec.working());
  }

  /** A publication was refused: whatever the claim says, another node has it. */
  private void fenced(LeasedCarrier.HeldLease by) {
    meters.fenced().increment();
    onThread(() -> {
      if (carrier.holds(by)) {
        stop("a publication was refused, as the lease has another holder");
        claimAgain(0);
      }
    });
  }

  private void claimAgain(long millis) {
    carrier.letGo();
    vacancy.forgetHolder();
    claim.makeAgain(millis);
  }

  // Redis away.

  private void look() {
    long now = System.nanoTime();
    switch (standIn.next(run(now), now)) {
      case BEGIN_ALONE -> runAlone();
      case STAND_BY -> standBy();
      case STOP -> stop("its lease is not held");
      case GO_ON_ALONE -> become(SourceReport.State.ALONE);
      case WAIT_FOR_LEASE -> become(SourceReport.State.WAITING);
      case NOTHING -> {}
    }
    problem = runs.isRunning() ? null : vacancy.problem();
  }

  private StandInPolicy.Run run(long now) {
    return new StandInPolicy.Run(
        runs.isRunning(), carrier.holdsAny(), isHeld(), failures.isPause(now));
  }

  private void runAlone() {
    log.warn(
        "Redis {}: {} runs for this node's clients only",
        bus.isUp() ? "refuses writes" : "is away",
        spec.name());
    vacancy.forgetHolder();
    begin(SourceReport.State.ALONE);
  }

  // The run.

  private void begin(SourceReport.State as) {
    if (runs.isRunning()) {
      become(as);
      return;
    }
    try {
      failures.begin();
      runs.begin();
      vacancy.failed(null);
      become(as);
    } catch (RuntimeException e) {
      failed("can't start", e);
    }
  }

  private void become(SourceReport.State next) {
    state = runs.hasEnded() ? SourceReport.State.ENDED : next;
  }

  /** Gives the lease up after a failure, so that another node can run the source, and retries. */
  private void failed(String how, Exception failure) {
    long pause = failures.add(how, failure);
    state = SourceReport.State.STANDBY;
    runs.end();
    claimAgain(pause);
    vacancy.failed(
        "it %s: %s".formatted(how, Excerpt.of(String.valueOf(failure.getMessage()), 200)));
    status.tell(FeedStatus.State.DOWN.wireName(), "it " + how);
    problem = vacancy.problem();
  }

  /** Handles how a run has ended by itself, on the source's thread. */
  private final class RunListener implements SourceRuns.Listener {

    /** Keeps the lease, so that no other node begins from the beginning. */
    @Override
    public void onEnded() {
      log.info("{} has come to its end", spec.name());
      become(state);
    }

    @Override
    public void onFailed(Exception failure) {
      failed("failed", failure);
    }
  }

  private void tellDown() {
    status.tell(FeedStatus.State.DOWN.wireName(), standIn.isCutOff() ? BUS_AWAY : null);
  }

  /** Ends the run and tells clients that nothing comes, until another node takes over. */
  private void stop(String why) {
    boolean ran = runs.isRunning();
    endRun(Level.WARN, why);
    if (ran) {
      tellDown();
    }
  }

  private void endRun(Level level, String why) {
    carrier.letGo();
    state = SourceReport.State.STANDBY;
    if (runs.isRunning()) {
      log.atLevel(level).log("{} is stopped: {}", spec.name(), why);
      runs.end();
    }
  }

  /** Ends the feed, then gives the lease up, so that another node has it at once. */
  @Override
  public void close() {
    try {
      thread.submit(this::end).get(END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("{} has ended before", spec.lease(), e);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("{} has not ended as it should", spec.lease(), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }

  private void end() {
    endRun(Level.INFO, "the node ends");
    claim.giveUp();
    thread.shutdown();
  }
}
