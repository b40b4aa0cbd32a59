package dev.tapeline.plant.supply;

import dev.tapeline.plant.wire.MarketPublisher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What all runs of a feed have done, as metrics. Safe for all threads. */
final class FeedMeters {

  private static final String PREFIX = "tapeline.feed.";

  private final List<Sum> sums = new ArrayList<>();
  private final Sum ticks;
  private final Sum publications;
  private final Sum losses;
  private final Counter faults;
  private final Counter runs;
  private final Counter fenced;
  private @Nullable MarketPublisher present;

  /** One figure: that of the runs that have ended, and the present one's. */
  private final class Sum {

    private final ToLongFunction<MarketPublisher> figure;
    private long ended;

    private Sum(ToLongFunction<MarketPublisher> figure) {
      this.figure = figure;
    }

    private long value() {
      synchronized (FeedMeters.this) {
        return ended + (present == null ? 0 : figure.applyAsLong(present));
      }
    }
  }

  FeedMeters(MeterRegistry meters) {
    faults = counter(meters, "faults", "Pieces of the feed's input that were left out");
    runs = counter(meters, "runs", "Times that this node began to run the feed");
    fenced = counter(meters, "fenced", "Batches refused, as another node has the lease");
    ticks = sum(meters, "ticks", "Ticks of the feed", MarketPublisher::ticks);
    publications =
        sum(meters, "publications", "What the ticks became", MarketPublisher::publications);
    sum(meters, "book.gaps", "Order books that lost their order", MarketPublisher::gaps);
    losses =
        sum(meters, "bus.losses", "Batches that the bus did not take", MarketPublisher::busLosses);
    sum(
        meters,
        "cache.losses",
        "Batches that the cache did not take",
        MarketPublisher::cacheLosses);
  }

  private static Counter counter(MeterRegistry meters, String name, String help) {
    return Counter.builder(PREFIX + name).description(help).register(meters);
  }

  private Sum sum(
      MeterRegistry meters, String name, String help, ToLongFunction<MarketPublisher> figure) {
    Sum sum = new Sum(figure);
    sums.add(sum);
    FunctionCounter.builder(PREFIX + name, sum, Sum::value).description(help).register(meters);
    return sum;
  }

  FeedReport report(FeedSource source, FeedReport.State state, @Nullable String problem) {
    return new FeedReport(
        source.name(),
        source.lease(),
        state.name().toLowerCase(Locale.ROOT),
        source.working().wireName(),
        problem,
        ticks.value(),
        publications.value(),
        losses.value(),
        Math.round(fenced.count()));
  }

  /** Pieces of input that were left out. */
  Counter faults() {
    return faults;
  }

  /** Batches that were refused, as another node holds the lease. */
  Counter fenced() {
    return fenced;
  }

  synchronized void begun(MarketPublisher publisher) {
    present = publisher;
    runs.increment();
  }

  synchronized void ended() {
    MarketPublisher publisher = present;
    if (publisher != null) {
      sums.forEach(sum -> sum.ended += sum.figure.applyAsLong(publisher));
      present = null;
    }
  }
}
