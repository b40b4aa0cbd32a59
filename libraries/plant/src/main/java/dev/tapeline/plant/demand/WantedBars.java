package dev.tapeline.plant.demand;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarDemand;
import dev.tapeline.market.event.ChangedWishes;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.plant.channels.BarChannel;
import dev.tapeline.plant.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which forming bars are wanted, as the channels of a {@link DemandBook} say. A channel by name
 * wants its frame, whatever it is; a pattern, such as {@code candles:*}, wants the configured
 * frames of the instruments that it matches. Its size is bounded by that of the book. Safe for all
 * threads.
 */
public final class WantedBars implements BarDemand, Demand.Listener {

  /** The channels of all bars. */
  private static final Pattern BARS = Pattern.parse(Channels.candles("*", "*"));

  private final DemandBook book;
  private final List<Frame> configured;
  private final ChangedWishes changes = new ChangedWishes();

  /** The frames that channels want by name, the same object until that changes. */
  private final Map<String, List<Frame>> named = new ConcurrentHashMap<>();

  /** How many channels want a frame; under the book's lock. */
  private final Map<BarChannel, Integer> counts = new HashMap<>();

  private WantedBars(DemandBook book, List<Frame> configured) {
    this.book = book;
    this.configured = List.copyOf(configured);
  }

  /**
   * Follows a book from now on.
   *
   * @param configured the frames that patterns want
   */
  public static WantedBars follow(DemandBook book, List<Frame> configured) {
    WantedBars bars = new WantedBars(book, configured);
    book.listen(bars);
    return bars;
  }

  @Override
  public WishNews news() {
    return changes.news();
  }

  @Override
  public List<Frame> frames(String symbol) {
    List<Frame> own = named.getOrDefault(symbol, List.of());
    List<Frame> all = new ArrayList<>(own);
    for (Frame frame : configured) {
      if (!own.contains(frame) && book.isWanted(Channels.candles(symbol, frame.toString()))) {
        all.add(frame);
      }
    }
    return all;
  }

  @Override
  public void onWanted(List<Selector> selectors) {
    change(selectors, 1);
  }

  @Override
  public void onReleased(List<Selector> selectors) {
    change(selectors, -1);
  }

  private void change(List<Selector> selectors, int by) {
    for (Selector selector : selectors) {
      switch (selector) {
        case Channel(String name) -> BarChannel.of(name).ifPresent(bars -> count(bars, by));
        case Pattern pattern -> {
          if (pattern.overlaps(BARS)) {
            changes.addAll();
          }
        }
      }
    }
  }

  private void count(BarChannel bars, int by) {
    int count = counts.merge(bars, by, Integer::sum);
    if (count <= 0) {
      counts.remove(bars);
    }
    named.compute(
        bars.symbol(),
        (_, before) -> {
          List<Frame> frames = new ArrayList<>(before == null ? List.of() : before);
          frames.remove(bars.frame());
          if (count > 0) {
            frames.add(bars.frame());
          }
          return frames.isEmpty() ? null : List.copyOf(frames);
        });
    changes.add(bars.symbol());
  }
}
