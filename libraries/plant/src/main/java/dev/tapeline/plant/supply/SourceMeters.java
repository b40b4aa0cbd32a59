package dev.tapeline.plant.supply;

import dev.tapeline.core.SourceStatus;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedFigures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The metrics of all runs of a source. Safe for all threads. */
final class SourceMeters {

  private static final String PREFIX = "tapeline.feed.";

  private final String source;
  private final List<Sum> sums = new ArrayList<>();
  private final Sum ticks;
  private final Sum publications;
  private final Sum losses;
  private final MeterRegistry meters;
  private final Counter runs;
  private final Counter fenced;
  private final Counter failures;
  private @Nullable SourceRun present;
  private boolean hasNetwork;

  /** The sum of one figure over the runs that have ended and the present one. */
  private final class Sum {

    private final ToLongFunction<SourceRun> figure;
    private long ended;

    private Sum(ToLongFunction<SourceRun> figure) {
      this.figure = figure;
    }

    private long value() {
      synchronized (SourceMeters.this) {
        return ended + (present == null ? 0 : figure.applyAsLong(present));
      }
    }
  }

  /**
   * @param source the value of the tag {@code source}
   */
  SourceMeters(String source, MeterRegistry meters) {
    this.source = source;
    this.meters = meters;
    var _ = faults(FeedFault.INPUT); // is there from the start
    runs = counter(meters, "runs", "Times that this node began to run the source");
    failures = counter(meters, "failures", "Failures that ended or prevented a run of the source");
    fenced = counter(meters, "fenced", "Batches refused because another node has the lease");
    ticks = sum(meters, "ticks", "Ticks of the source", SourceRun::ticks);
    publications =
        sum(meters, "publications", "Publications made", run -> run.publisher().publications());
    sum(meters, "book.gaps", "Gaps in order book updates", run -> run.publisher().gaps());
    losses =
        sum(
            meters,
            "bus.losses",
            "Batches that the bus did not take",
            run -> run.publisher().busLosses());
    sum(
        meters,
        "cache.losses",
        "Batches that the cache did not take",
        run -> run.publisher().cacheLosses());
  }

  private Counter counter(MeterRegistry meters, String name, String help) {
    return Counter.builder(PREFIX + name).tag("source", source).description(help).register(meters);
  }

  private Sum sum(
      MeterRegistry meters, String name, String help, ToLongFunction<SourceRun> figure) {
    Sum sum = new Sum(figure);
    sums.add(sum);
    FunctionCounter.builder(PREFIX + name, sum, Sum::value)
        .tag("source", source)
        .description(help)
        .register(meters);
    return sum;
  }

  SourceReport report(
      SourceSpec spec, SourceReport.State state, SourceStatus told, @Nullable String problem) {
    return new SourceReport(
        spec.name(),
        spec.lease(),
        state.name().toLowerCase(Locale.ROOT),
        told.state(),
        told.reason(),
        problem,
        ticks.value(),
        publications.value(),
        losses.value(),
        Math.round(fenced.count()));
  }

  /**
   * The number of faulty pieces of input that were dropped.
   *
   * @param kind one of the few words that feeds have for what is wrong
   */
  Counter faults(String kind) {
    return Counter.builder(PREFIX + "faults")
        .tag("source", source)
        .tag("kind", kind)
        .description("Faulty pieces of the source's input that were dropped")
        .register(meters);
  }

  /** The number of batches that were refused because another node holds the lease. */
  Counter fenced() {
    return fenced;
  }

  /** The number of failures that ended or prevented a run. */
  Counter failures() {
    return failures;
  }

  /** The figures of the network; a source that is connected to nothing has none. */
  private void bindNetwork() {
    network("frames", "Messages that came from the vendor", FeedFigures::frames);
    network("frame.bytes", "Bytes in these messages", FeedFigures::bytes);
    network("sockets.opened", "Sockets that were opened", FeedFigures::opened);
    network("sockets.ended", "Sockets that ended, or were refused", FeedFigures::ended);
    network("stale", "Arrivals of replaced sockets, thrown away", FeedFigures::stale);
    network("inbox.waits", "Times that the full inbox held up the network", FeedFigures::waits);
    gauge("inbox.most", "Most arrivals that have waited at once", FeedFigures::mostWaiting);
    gauge("lag.millis", "Age of the newest message that was worked on", FeedFigures::lagMillis);
    gauge("calls.waiting", "Calls that wait for the vendor's limits", FeedFigures::waitingCalls);
  }

  private void network(String name, String help, ToLongFunction<FeedFigures> figure) {
    var _ = sum(meters, name, help, run -> of(run, figure));
  }

  private void gauge(String name, String help, ToLongFunction<FeedFigures> figure) {
    Gauge.builder(PREFIX + name, this, it -> it.now(figure))
        .tag("source", source)
        .description(help)
        .register(meters);
  }

  private synchronized long now(ToLongFunction<FeedFigures> figure) {
    return present == null ? 0 : of(present, figure);
  }

  private static long of(SourceRun run, ToLongFunction<FeedFigures> figure) {
    FeedFigures figures = run.figures();
    return figures == null ? 0 : figure.applyAsLong(figures);
  }

  synchronized void begun(SourceRun run) {
    if (!hasNetwork && run.figures() != null) {
      hasNetwork = true;
      bindNetwork();
    }
    present = run;
    runs.increment();
  }

  synchronized void ended() {
    SourceRun run = present;
    if (run != null) {
      sums.forEach(sum -> sum.ended += sum.figure.applyAsLong(run));
      present = null;
    }
  }
}
