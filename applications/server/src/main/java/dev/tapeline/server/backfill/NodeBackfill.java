package dev.tapeline.server.backfill;

import dev.tapeline.core.SourceStatus;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.VendorBars;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.rest.history.Backfill;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.RecorderRules;
import dev.tapeline.store.history.Series;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Completes the bars of the vendors that this node runs: those that a reader asks for, and those of
 * the present session after a source has come up. Simulations and recordings have no vendor. Safe
 * for all threads; markets never wait for it.
 */
public final class NodeBackfill implements Backfill, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Readers that wait at the same time; further ones get what is there. */
  private static final int MOST_READERS = 32;

  /** Instruments and frames of which it is remembered what was asked. */
  private static final int MOST_SERIES = 2_000;

  private static final String UP = FeedStatus.State.LIVE.wireName();

  private final FillRules rules;
  private final Supplier<Optional<History>> history;
  private final Instruments instruments;
  private final TradingCalendar calendar;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final Map<String, FilledSource> sources = new ConcurrentHashMap<>();
  private final Map<SeriesKey, SeriesFill> series = Collections.synchronizedMap(new Newest());
  private final Semaphore readers = new Semaphore(MOST_READERS);

  private record FilledSource(
      Predicate<String> simulated, boolean keepsHours, VendorFiller filler) {}

  private record SeriesKey(
      String source, Instrument instrument, Frame frame, boolean hasDerivatives) {}

  /** The newest uses alone. */
  private static final class Newest extends LinkedHashMap<SeriesKey, SeriesFill> {

    private static final long serialVersionUID = 1;

    Newest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<SeriesKey, SeriesFill> eldest) {
      return size() > MOST_SERIES;
    }
  }

  /**
   * Fetches nothing until a source is added.
   *
   * @param recorded what the history keeps; null if nothing is to be fetched
   * @param history where it is kept
   */
  public NodeBackfill(
      @Nullable RecorderRules recorded,
      Supplier<Optional<History>> history,
      Instruments instruments,
      TradingCalendar calendar,
      InstantSource clock,
      MeterRegistry meters) {
    this.rules =
        recorded == null
            ? FillRules.NONE
            : new FillRules(recorded.frames(), recorded.retention().bars());
    this.history = history;
    this.instruments = instruments;
    this.calendar = calendar;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Completes the bars of a source from now on.
   *
   * @param simulated tells of a symbol whether its prices are invented: such are left alone
   * @param keepsHours whether its markets keep the hours of the calendar
   */
  public void add(
      String source, VendorBars vendor, Predicate<String> simulated, boolean keepsHours) {
    if (rules.frames().isEmpty()) {
      return;
    }
    VendorFiller filler =
        new VendorFiller(
            source,
            vendor,
            () -> history.get().orElseThrow(),
            clock,
            instrument -> completeSession(source, instrument));
    sources.put(source, new FilledSource(simulated, keepsHours, filler));
    BackfillMeters.bind(source, filler, meters);
    filler.start();
  }

  /** A source of this node is to watch these from now on. */
  public void watched(String source, Watchlist list) {
    FilledSource filled = sources.get(source);
    if (filled != null) {
      filled.filler.catchUp().watch(list.instruments().keySet(), clock.millis());
    }
  }

  /** A source is in this state now. */
  public void heard(SourceStatus status) {
    FilledSource filled = sources.get(status.source());
    if (filled != null) {
      filled.filler.catchUp().heard(status.state().equals(UP), clock.millis());
    }
  }

  @Override
  public Optional<Filled> fill(String source, Instrument instrument, Wish wish) {
    FilledSource filled = able(source, instrument);
    Frame part = rules.part(wish.frame());
    if (filled == null || part == null) {
      return Optional.empty();
    }
    SeriesFill fill = seriesFill(source, filled, instrument, part);
    if (!part.isIntraday() && !fill.finder().times().hasVendorDays()) {
      return Optional.empty();
    }
    long now = clock.millis();
    FillSpan span = span(fill, wish, now);
    boolean isFilling = !isDone(ask(filled, fill, instrument, span, now));
    boolean mayBeOlder = !wish.isFromStart() && span.from() > rules.floor(part, now);
    return Optional.of(new Filled(isFilling, mayBeOlder ? span.from() : null));
  }

  /** The source, if its vendor can be asked for bars of an instrument now. */
  private @Nullable FilledSource able(String source, Instrument instrument) {
    FilledSource filled = sources.get(source);
    boolean isAble =
        filled != null
            && filled.filler.vendor().isOpen()
            && filled.filler.vendor().covers(instrument)
            && !filled.simulated.test(instrument.symbol());
    return isAble ? filled : null;
  }

  private SeriesFill seriesFill(
      String source, FilledSource filled, Instrument instrument, Frame part) {
    return series.computeIfAbsent(
        new SeriesKey(source, instrument, part, hasDerivatives(instrument)),
        key ->
            new SeriesFill(
                new GapFinder(
                    history.get().orElseThrow(),
                    new Series(instrument.symbol(), source, Origin.LIVE),
                    part,
                    TradingTimes.of(calendar, instrument, filled.keepsHours, this::hasDerivatives),
                    filled.filler.vendor().longest(part).toMillis())));
  }

  private boolean hasDerivatives(Instrument share) {
    return !instruments.expiries(share.symbol()).isEmpty();
  }

  private FillSpan span(SeriesFill fill, Wish wish, long now) {
    GapFinder finder = fill.finder();
    long floor = rules.floor(finder.frame(), now);
    int count = FillRules.most(wish.frame(), wish.count());
    long first = Math.max(wish.from(), floor);
    long end = Math.max(first, Math.min(wish.to(), now));
    return wish.isFromStart()
        ? new FillSpan(first, finder.times().reachAhead(wish.frame(), first, count, end))
        : new FillSpan(finder.times().reachBack(wish.frame(), end, count, first), end);
  }

  private List<CompletableFuture<Boolean>> ask(
      FilledSource filled, SeriesFill fill, Instrument instrument, FillSpan span, long now) {
    GapFinder finder = fill.finder();
    return fill.ask(
        span,
        FillRules.over(finder.frame(), now),
        now,
        gap -> filled.filler.submit(instrument, finder.frame(), finder.fetched(), gap));
  }

  /** Waits a while until all have ended; returns whether they have. */
  private boolean isDone(List<CompletableFuture<Boolean>> ends) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
    if (all.isDone() || !readers.tryAcquire()) {
      return all.isDone();
    }
    try {
      all.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException _) {
      return false; // an answer says so, and the rest comes behind
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      readers.release();
    }
  }

  /** Asks for what is missing of the present session, on the thread of the source's filler. */
  private void completeSession(String source, Instrument instrument) {
    FilledSource filled = able(source, instrument);
    if (filled == null || !rules.frames().contains(Frame.MINUTE)) {
      return;
    }
    SeriesFill fill = seriesFill(source, filled, instrument, Frame.MINUTE);
    TradingTimes times = fill.finder().times();
    long now = clock.millis();
    List<FillSpan> sessions = times.sessions(times.date(now));
    if (!sessions.isEmpty() && sessions.getFirst().from() < now) {
      ask(filled, fill, instrument, new FillSpan(sessions.getFirst().from(), now), now);
    }
  }

  @Override
  public void close() {
    sources.values().forEach(source -> source.filler.close());
  }
}
