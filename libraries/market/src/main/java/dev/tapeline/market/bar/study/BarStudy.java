package dev.tapeline.market.bar.study;

import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes bars of trades and index values: closed ones of the configured frames for each instrument,
 * and forming ones, at most twice a second of the market's time, for the frames that somebody
 * wants. Stands behind the common studies, so that a trade comes before the bars that it changes.
 * Its size is that of the registry that the ticks' instruments come from. Owned by the thread of
 * its market.
 *
 * <p>A bar is closed by the first trade after it, or by the time alone. A trade that comes later
 * than that amends it, and all bars that it is part of, as long as it is recent; such bars are told
 * again with a higher revision. No vendor here sends corrections or cancels; {@link FormingBar} has
 * no place for them yet, and would need the trades of its bar.
 */
public final class BarStudy implements Study {

  /** The time between two tellings of a forming bar. */
  static final long FORMING_MILLIS = 500;

  private static final int SPARE_IDENTITIES = 64;

  /**
   * The hours of one instrument.
   *
   * @param clock the sessions of its venue
   * @param hasSessionVolume whether a volume of the day is that of a session, and not that of the
   *     last 24 hours
   */
  record Hours(SessionClock clock, boolean hasSessionVolume) {}

  private final BarShared shared;
  private final BarDemand demand;
  private final WishNews news;
  private final Function<Instrument, Hours> hours;
  private final Map<String, InstrumentBars> bySymbol = new HashMap<>();

  /** In the order of their first ticks, so that bars are told in the same order again. */
  private final List<InstrumentBars> inOrder = new ArrayList<>();

  /** The same by the object that the ticks name, which is the same for most of them. */
  private final IdentityHashMap<Instrument, InstrumentBars> byObject = new IdentityHashMap<>();

  private @Nullable Instrument newestObject;
  private @Nullable InstrumentBars newest;
  private long toldSlot = Long.MIN_VALUE;

  private BarStudy(
      BarRules rules, BarCounts counts, BarDemand demand, Function<Instrument, Hours> hours) {
    this.shared = new BarShared(rules, counts);
    this.demand = demand;
    this.hours = hours;
    this.news = demand.news();
  }

  /** A study of instruments that trade in these sessions. */
  public static BarStudy of(
      BarRules rules, BarSessions sessions, BarDemand demand, BarCounts counts) {
    return new BarStudy(rules, counts, demand, sessions::of);
  }

  @Override
  public void onEvent(MarketEvent event, Consumer<MarketEvent> out) {
    switch (event) {
      case MarketEvent.Traded(Tick.Trade trade, _) -> {
        shared.tellTo(out);
        bars(trade.instrument()).traded(time(trade.times()), trade.price(), trade.quantity());
      }
      case MarketEvent.Valued(Tick.IndexValue value, _) -> {
        shared.tellTo(out);
        bars(value.instrument()).valued(time(value.times()), value.value());
      }
      case MarketEvent.Priced priced -> bars(priced.instrument()).seen();
      case MarketEvent.SessionStarted(Tick.SessionStart start) -> {
        shared.tellTo(out);
        start(start);
      }
      default -> {} // no price, and no session
    }
  }

  /** When a tick arose: at the exchange; where that is unknown, when it was received. */
  private static long time(Times times) {
    return times.exchange() > 0 ? times.exchange() : times.received();
  }

  private void start(Tick.SessionStart start) {
    long time = time(start.times());
    if (time > 0) {
      bars(start.instrument()).sessionStarted(time);
    } else {
      startOver(start.instrument()); // a recording begins again, with its times
    }
  }

  @Override
  public void onTick(Tick tick, Consumer<MarketEvent> out) {
    if (tick instanceof Tick.DayStats stats) {
      BigDecimal volume = stats.volume();
      InstrumentBars bars = bars(stats.instrument());
      if (volume == null) {
        bars.seen();
      } else {
        shared.tellTo(out);
        bars.volumeTold(volume);
      }
    }
  }

  @Override
  public void onTime(long millis, Consumer<MarketEvent> out) {
    shared.tellTo(out);
    shared.reach(millis);
    if (shared.closedUntil() >= shared.earliestEnd) {
      closeDue();
    }
    long slot = Math.floorDiv(millis, FORMING_MILLIS);
    if (slot != toldSlot) {
      toldSlot = slot;
      followDemand();
      tellChanges();
    }
  }

  private void closeDue() {
    long earliest = Long.MAX_VALUE;
    for (InstrumentBars bars : inOrder) {
      bars.closeDue();
      earliest = Math.min(earliest, bars.earliestEnd());
    }
    shared.earliestEnd = earliest;
  }

  private void followDemand() {
    WishNews.Changed changed = news.take();
    if (changed.all()) {
      inOrder.forEach(this::follow);
    }
    for (String symbol : changed.symbols()) {
      Optional.ofNullable(bySymbol.get(symbol)).ifPresent(this::follow);
    }
  }

  private void follow(InstrumentBars bars) {
    bars.want(demand.frames(bars.symbol()));
  }

  private void tellChanges() {
    for (InstrumentBars bars : shared.changed) {
      bars.tellChanges();
    }
    shared.changed.clear();
  }

  @Override
  public void onFeed(boolean isUp, Consumer<MarketEvent> out) {
    if (isUp != shared.feedIsUp) {
      shared.feedIsUp = isUp;
      inOrder.forEach(isUp ? InstrumentBars::feedFound : InstrumentBars::feedLost);
    }
  }

  @SuppressWarnings("ReferenceEquality") // another object is looked up
  private InstrumentBars bars(Instrument instrument) {
    InstrumentBars known = newest;
    if (known != null && instrument == newestObject) {
      return known;
    }
    InstrumentBars found = byObject.get(instrument);
    if (found == null) {
      found = bySymbol.computeIfAbsent(instrument.symbol(), _ -> begun(instrument));
      found.rename(instrument);
      remember(instrument, found);
    }
    newest = found;
    newestObject = instrument;
    return found;
  }

  /** Forgets objects that ticks may not name any more. */
  private void remember(Instrument instrument, InstrumentBars bars) {
    if (byObject.size() > 2 * bySymbol.size() + SPARE_IDENTITIES) {
      byObject.clear();
    }
    byObject.put(instrument, bars);
  }

  private InstrumentBars begun(Instrument instrument) {
    InstrumentBars made = made(instrument);
    inOrder.add(made);
    return made;
  }

  private InstrumentBars made(Instrument instrument) {
    Hours its = hours.apply(instrument);
    InstrumentBars made =
        new InstrumentBars(instrument, its.clock(), its.hasSessionVolume(), shared);
    follow(made);
    return made;
  }

  /** Begins with an instrument as if nothing had come of it. */
  private void startOver(Instrument instrument) {
    InstrumentBars before = bySymbol.get(instrument.symbol());
    if (before != null) {
      InstrumentBars made = made(instrument);
      bySymbol.put(instrument.symbol(), made);
      inOrder.set(inOrder.indexOf(before), made);
      shared.changed.remove(before);
      byObject.clear();
      newest = null;
      shared.startOver();
    }
  }
}
