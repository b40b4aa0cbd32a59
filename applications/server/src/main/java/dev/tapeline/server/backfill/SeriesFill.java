package dev.tapeline.server.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What has been done for the bars of one instrument and frame, so that each gap is asked for once.
 * A time without bars is believed for hours; the newest minutes, which vendors tell late, and times
 * whose call has failed, for less than a minute. Safe for all threads.
 */
final class SeriesFill {

  private static final long OLD_MILLIS = Duration.ofMinutes(3).toMillis();
  private static final long BELIEVED_MILLIS = Duration.ofHours(6).toMillis();
  private static final long BELIEVED_YOUNG_MILLIS = Duration.ofSeconds(35).toMillis();
  private static final long AFTER_FAILURE_MILLIS = Duration.ofSeconds(30).toMillis();

  private final GapFinder finder;
  private final SettledTimes settled = new SettledTimes();
  private final List<UnderWay> underWay = new ArrayList<>();

  private record UnderWay(FillSpan span, CompletableFuture<Boolean> end) {}

  SeriesFill(GapFinder finder) {
    this.finder = finder;
  }

  /** The bars in question. */
  GapFinder finder() {
    return finder;
  }

  /**
   * Asks for what is missing in a span and was not asked for yet.
   *
   * @param over bars that end later are not missed yet
   * @param submit has a gap fetched; what it returns ends with whether that has worked
   * @return the ends of all that is under way in this span
   */
  synchronized List<CompletableFuture<Boolean>> ask(
      FillSpan wanted, long over, long now, Function<Gap, CompletableFuture<Boolean>> submit) {
    for (FillSpan open : settled.open(wanted, now)) {
      List<Gap> gaps = finder.find(open, over);
      settle(new FillSpan(open.from(), finder.knownTo(open, over)), now);
      gaps.forEach(gap -> begin(gap, now, submit));
    }
    return underWay.stream().filter(one -> one.span.overlaps(wanted)).map(UnderWay::end).toList();
  }

  private void settle(FillSpan span, long now) {
    FillSpan old = span.within(new FillSpan(span.from(), now - OLD_MILLIS));
    FillSpan young = span.within(new FillSpan(now - OLD_MILLIS, span.to()));
    settled.add(old, now + BELIEVED_MILLIS, now);
    settled.add(young, now + BELIEVED_YOUNG_MILLIS, now);
  }

  private void begin(Gap gap, long now, Function<Gap, CompletableFuture<Boolean>> submit) {
    CompletableFuture<Boolean> end = submit.apply(gap);
    UnderWay one = new UnderWay(gap.span(), end);
    underWay.add(one);
    var _ = end.whenComplete((worked, failure) -> end(one, failure == null && worked, now));
  }

  private synchronized void end(UnderWay one, boolean hasWorked, long begun) {
    underWay.remove(one);
    if (!hasWorked) {
      settled.add(one.span, begun + AFTER_FAILURE_MILLIS, begun);
    }
  }
}
