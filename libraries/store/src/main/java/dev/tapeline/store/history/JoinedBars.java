package dev.tapeline.store.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Live series together with what was fetched of their vendors' own history: one row of bars, each
 * time once. A live bar that was seen as a whole comes first, then one of the vendor, then a live
 * one of which a part was missed. Other series are as they are. Made for one reader; not
 * thread-safe.
 *
 * <p>A live series that has fetched minutes shows no longer frames within a day, and one that has
 * fetched days none beyond them: these have the holes that the shorter ones no longer have, and
 * whoever reads makes them anew.
 */
public final class JoinedBars implements BarHistory {

  private static final Set<Frame.Unit> WITHIN_DAYS =
      EnumSet.of(Frame.Unit.SECOND, Frame.Unit.MINUTE, Frame.Unit.HOUR);

  private final BarHistory kept;
  private final NavigableSet<Long> fetched = new TreeSet<>();

  public JoinedBars(BarHistory kept) {
    this.kept = kept;
  }

  @Override
  public List<BarSeries> barSeries(String symbol) {
    List<BarSeries> all = kept.barSeries(symbol);
    Map<Series, Set<Frame>> fetchedFrames = new HashMap<>();
    Set<BarSeries> joined = new LinkedHashSet<>();
    for (BarSeries one : all) {
      if (one.series().origin() == Origin.BACKFILL) {
        Series live = with(one.series(), Origin.LIVE);
        fetchedFrames.computeIfAbsent(live, _ -> new LinkedHashSet<>()).add(one.frame());
        joined.add(new BarSeries(live, one.frame()));
      }
    }
    all.stream()
        .filter(one -> !isMadeAnew(one.frame(), fetchedFrames.getOrDefault(one.series(), Set.of())))
        .forEach(joined::add);
    return List.copyOf(joined);
  }

  private static boolean isMadeAnew(Frame frame, Set<Frame> fetched) {
    if (fetched.contains(frame)) {
      return false;
    }
    return WITHIN_DAYS.contains(frame.unit())
        ? fetched.contains(Frame.MINUTE) && frame.millis() % Frame.MINUTE.millis() == 0
        : fetched.contains(Frame.DAY);
  }

  private static Series with(Series series, Origin origin) {
    return new Series(series.symbol(), series.source(), origin);
  }

  @Override
  public List<Bar> bars(Series series, Frame frame, Span span) {
    List<Bar> live = kept.bars(series, frame, span);
    if (series.origin() != Origin.LIVE) {
      return live;
    }
    return merged(live, kept.bars(with(series, Origin.BACKFILL), frame, span), span);
  }

  private List<Bar> merged(List<Bar> live, List<Bar> vendors, Span span) {
    Comparator<Long> order =
        span.newestFirst() ? Comparator.reverseOrder() : Comparator.naturalOrder();
    List<Bar> merged = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (merged.size() < span.limit() && (i < live.size() || j < vendors.size())) {
      Bar one = i < live.size() ? live.get(i) : null;
      Bar other = j < vendors.size() ? vendors.get(j) : null;
      int way = one == null ? 1 : other == null ? -1 : order.compare(one.time(), other.time());
      merged.add(better(way <= 0 ? one : null, way >= 0 ? other : null));
      i += way <= 0 ? 1 : 0;
      j += way >= 0 ? 1 : 0;
    }
    return merged;
  }

  /** The better one of two of the same time; at least one is there. */
  private Bar better(@Nullable Bar live, @Nullable Bar vendors) {
    if (vendors == null || (live != null && !live.state().partial())) {
      if (live == null) {
        throw new IllegalArgumentException("no bar");
      }
      return live;
    }
    fetched.add(vendors.time());
    return vendors;
  }

  /** The times of the fetched bars among those that were read, epoch ms UTC. */
  public NavigableSet<Long> fetched() {
    return new TreeSet<>(fetched);
  }
}
