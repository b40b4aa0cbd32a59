package dev.tapeline.server.compose;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Selector;
import dev.tapeline.core.thread.OwnThread;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.demand.DemandBook;
import dev.tapeline.plant.demand.DemandMeters;
import dev.tapeline.plant.demand.DemandReport;
import dev.tapeline.plant.watch.IndexHolder;
import dev.tapeline.plant.watch.InstrumentFinder;
import dev.tapeline.plant.watch.Pinned;
import dev.tapeline.plant.watch.WatchPlanner;
import dev.tapeline.plant.watch.WishHolder;
import dev.tapeline.plant.watch.WishStore;
import dev.tapeline.server.settings.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wanted of the sources: by clients of all nodes, by users who asked for it, and by the
 * settings; and what the sources of this node are to watch for it. Its thread is {@code demand}.
 */
final class NodeDemand implements AutoCloseable {

  private static final String WISHES = "wishes.json";
  private static final long PLAN_MILLIS = 200;

  /** More than any vendor lets one account watch. */
  private static final int MAX_WATCHED = 25_000;

  private static final Logger log = LoggerFactory.getLogger(NodeDemand.class);

  private final Backbone backbone;
  private final MeterRegistry meters;
  private final TradingCalendar calendar;
  private final InstantSource clock;
  private final WishStore wishes;
  private final ScheduledExecutorService thread = new OwnThread("demand");
  private final DemandBook book;
  private volatile boolean follows;

  NodeDemand(Settings settings, Backbone backbone, InstantSource clock, MeterRegistry meters) {
    this.backbone = backbone;
    this.meters = meters;
    this.calendar = settings.calendar();
    this.clock = clock;
    this.book =
        new DemandBook(
            settings.demandRelease(), pinned(settings), DemandBook.DEFAULT_MAX_SELECTORS);
    this.wishes = new WishStore(settings.data().resolve(WISHES), backbone.cache(), clock);
  }

  /** The volatility indices that are kept whether or not anybody listens to them. */
  private static List<Selector> pinned(Settings settings) {
    return settings.history().indices().stream()
        .map(symbol -> (Selector) new Channel(Channels.volatilityIndex(symbol)))
        .toList();
  }

  /** Shares the wishes of users with the other nodes, if there can be any. */
  void share() {
    DemandMeters.bind(meters, backbone.demand(), follows ? book : null);
    every(1_000, wishes::look);
    if (backbone.isShared()) {
      every(1_000, wishes::exchange);
    }
  }

  /**
   * Follows what is wanted, and tells the sources what to watch.
   *
   * @param sources gets what a source is to watch, by its name
   * @param pinned the symbols and keys that the settings name
   */
  void follow(
      BiConsumer<String, Watchlist> sources,
      Instruments instruments,
      InstrumentFinder finder,
      Pinned pinned) {
    follows = true;
    WatchPlanner plans = new WatchPlanner(finder, sources, MAX_WATCHED);
    instruments.listen(plans);
    book.listen(plans);
    backbone.demand().listen(book);
    WishHolder holder = new WishHolder(book, finder, pinned);
    wishes.listen(holder::hold);
    bind(plans);
    IndexHolder indices = new IndexHolder(book, instruments, calendar);
    book.listen(indices);
    every(1_000, () -> indices.look(clock.millis()));
    every(1_000, () -> book.onTime(System.nanoTime()));
    every(1_000, holder::retry);
    every(PLAN_MILLIS, plans::plan);
  }

  private void bind(WatchPlanner planner) {
    Gauge.builder("tapeline.watch.instruments", planner, it -> it.state().watched())
        .description("Instruments that the sources of this node are to watch")
        .register(meters);
    Gauge.builder("tapeline.watch.unknown", planner, it -> it.state().unknown())
        .description("Symbols that are wanted and that no source has")
        .register(meters);
    Gauge.builder("tapeline.watch.refused", planner, it -> it.state().refused())
        .description("Instruments that are wanted beyond what a source watches")
        .register(meters);
  }

  /** Runs a task each second, on the thread. */
  void eachSecond(Runnable task) {
    every(1_000, task);
  }

  private void every(long millis, Runnable task) {
    var _ =
        thread.scheduleWithFixedDelay(() -> guarded(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Runs the task; a failure must not end those that follow. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("what is wanted could not be followed", e);
    }
  }

  /** What is wanted of the sources, once it is followed. */
  DemandBook book() {
    return book;
  }

  /** What users have asked the sources to watch. */
  WishStore wishes() {
    return wishes;
  }

  /** The demand of this node's clients and on its sources. */
  DemandReport report() {
    return follows ? DemandReport.of(backbone.demand(), book) : DemandReport.of(backbone.demand());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
