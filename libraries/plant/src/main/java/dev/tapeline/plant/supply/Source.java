package dev.tapeline.plant.supply;

import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import dev.tapeline.core.OwnThread;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final long RETRY_MILLIS = 5_000;

  /** How long Redis is away before a node that stood by begins to run the feed for itself. */
  private static final long ALONE_AFTER_NANOS = Supply.TIME_TO_LIVE.toNanos();

  /** How long a run waits for the lease when Redis is back, or to hear that Redis is away. */
  private static final long GRACE_NANOS = 1_500_000_000;

  private static final String BUS_AWAY = "the bus is away";
  private static final Duration END = Duration.ofSeconds(7);
  private static final Logger log = LoggerFactory.getLogger(Source.class);

  private final SourceSpec spec;
  private final PlantBus bus;
  private final AsideVotes votes;
  private final String node;
  private final InstantSource clock;
  private final Consumer<SourceStatus> statuses;
  private final SourceMeters meters;
  private final LeasedCarrier carrier;
  private final SourceRuns runs;
  private final ScheduledExecutorService thread;

  private volatile SourceReport.State state = SourceReport.State.STANDBY;
  private volatile @Nullable String problem;

  // owned by the thread
  private @Nullable ClaimListener listener;
  private Leases.@Nullable Claim claim;
  private long lastUp = System.nanoTime();
  private long lastAllowed = System.nanoTime();
  private final Vacancy vacancy = new Vacancy();

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
    this.votes = votes;
    this.node = node;
    this.clock = clock;
    this.statuses = statuses;
    this.thread = new OwnThread("source-" + spec.name());
    this.meters = new SourceMeters(spec.name(), registry);
    this.carrier = new LeasedCarrier(bus, this::fenced);
    this.runs =
        new SourceRuns(
            spec, carrier, new GuardedCache(bus.cache(), this::isHeld), clock, statuses, meters);
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
    thread.execute(this::claim);
    if (bus.standsIn()) {
      if (isAway()) {
        thread.execute(this::runAlone);
      } else if (!bus.isUp()) {
        thread.execute(() -> tell(FeedStatus.State.DOWN));
      }
      var _ =
          thread.scheduleWithFixedDelay(
              this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return this;
  }

  String name() {
    return spec.name();
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
    return meters.report(spec, state, isCutOff() ? BUS_AWAY : problem);
  }

  /** Why no node runs the feed, as far as this node knows; empty if a node does. */
  Optional<String> problem() {
    return Optional.ofNullable(problem)
        .map(why -> "nobody runs the feed %s: %s".formatted(spec.name(), why));
  }

  boolean isHeld() {
    return carrier.isHeld();
  }

  // The lease.

  private void claim() {
    ClaimListener newest = new ClaimListener();
    listener = newest;
    claim = bus.leases().claim(spec.lease(), node, Supply.TIME_TO_LIVE, newest);
  }

  /** Handles the changes of one claim. */
  private final class ClaimListener implements Leases.Listener {

    @Override
    public void onHeld(Fence fence) {
      tell(() -> held(fence));
    }

    @Override
    public void onLost() {
      tell(Source.this::lost);
    }

    @Override
    public void onWaiting(String other) {
      tell(() -> waiting(other));
    }

    @Override
    public void onRefused(String reason) {
      tell(() -> refused(reason));
    }

    private void tell(Runnable news) {
      onThread(() -> {
        if (this == listener) {
          news.run();
        }
      });
    }
  }

  private void onThread(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      log.debug("{} has ended", spec.lease(), e);
    }
  }

  private void held(Fence fence) {
    if (claim != null) {
      carrier.hold(claim, fence);
      vacancy.filled();
      lastAllowed = System.nanoTime();
      begin(SourceReport.State.HELD);
      look();
    }
  }

  /** No node gets the lease: a run goes on until it ends by this node's own clock. */
  private void refused(String reason) {
    vacancy.refused(reason);
    if (!runs.isRunning()) {
      tell(FeedStatus.State.DOWN);
    }
    look();
  }

  private void lost() {
    carrier.letGo();
    if (!standsIn()) {
      stop("its lease is lost");
    }
    look();
  }

  private void waiting(String other) {
    vacancy.filledBy(other);
    look();
    if (!isAway()) {
      standBy(other);
    }
  }

  private void standBy(String other) {
    endRun("the lease is held by " + other);
    log.info("{} stands by: {} runs it", spec.name(), other);
    tell(spec.working());
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
    listener = null;
    vacancy.forgetHolder();
    if (claim != null) {
      claim.close();
      claim = null;
    }
    var _ = thread.schedule(this::claim, millis, TimeUnit.MILLISECONDS);
  }

  // Redis away.

  /** Whether this node's own clients get the source while Redis is away. */
  private boolean standsIn() {
    return spec.runsAlone() && bus.standsIn();
  }

  /** Whether nothing can arrive, because the source's ticks come by Redis, which is away. */
  private boolean isCutOff() {
    return !spec.runsAlone() && !bus.isUp();
  }

  private boolean isAway() {
    return standsIn() && (votes.isAside() || !bus.isUp());
  }

  /** Whether Redis is as good as away for the feed: it is up, but refuses its writes. */
  private boolean isRefusing(long now) {
    return bus.refusesAll()
        || (vacancy.isRefused()
            && !isHeld()
            && (runs.isRunning() || now - lastUp > ALONE_AFTER_NANOS));
  }

  private void look() {
    long now = System.nanoTime();
    if (standsIn()) {
      votes.vote(this, isRefusing(now));
      lookAlone(now, isAway());
    }
    problem = runs.isRunning() ? null : vacancy.problem();
  }

  private void lookAlone(long now, boolean away) {
    String other = vacancy.holder();
    if (!away && !vacancy.isRefused()) {
      lastUp = now;
    }
    if (away || isHeld()) {
      lastAllowed = now;
    }
    if (!runs.isRunning() && away && now - lastUp > ALONE_AFTER_NANOS) {
      runAlone();
    } else if (runs.isRunning() && !away && !carrier.holdsAny() && other != null) {
      standBy(other);
    } else if (runs.isRunning() && now - lastAllowed > GRACE_NANOS) {
      stop("its lease is not held");
    } else if (runs.isRunning() && !carrier.holdsAny()) {
      state = away ? SourceReport.State.ALONE : SourceReport.State.WAITING;
    }
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
    state = as;
    if (runs.isRunning()) {
      return;
    }
    try {
      runs.begin();
      vacancy.failed(null);
    } catch (FeedException e) {
      vacancy.failed("it can't start: " + e.getMessage());
      log.error("{} can't start: {}", spec.name(), e.getMessage());
      state = SourceReport.State.STANDBY;
      tell(FeedStatus.State.DOWN);
      lastUp = System.nanoTime();
      problem = vacancy.problem();
      claimAgain(RETRY_MILLIS);
    }
  }

  private void tell(FeedStatus.State how) {
    String reason = how == FeedStatus.State.DOWN && isCutOff() ? BUS_AWAY : null;
    statuses.accept(new SourceStatus(spec.name(), how.wireName(), clock.millis(), reason));
  }

  /** Ends the run and tells clients that nothing comes, until another node takes over. */
  private void stop(String why) {
    boolean ran = runs.isRunning();
    endRun(why);
    if (ran) {
      tell(FeedStatus.State.DOWN);
    }
  }

  private void endRun(String why) {
    carrier.letGo();
    state = SourceReport.State.STANDBY;
    if (runs.isRunning()) {
      log.warn("{} is stopped: {}", spec.name(), why);
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
    listener = null;
    endRun("the node ends");
    if (claim != null) {
      claim.close();
    }
    thread.shutdown();
  }
}
