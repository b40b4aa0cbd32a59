package dev.tapeline.plant.watch;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Selector;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.InstrumentQuery;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.volatility.study.IndexRules;
import dev.tapeline.plant.channels.ChannelSubject;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.demand.DemandBook;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has the chains and futures watched that the wanted volatility indices are made of, on a node that
 * runs sources. Which they are changes with the days, so that {@link #look} is called again and
 * again, by one thread; told of what is wanted by any thread.
 */
public final class IndexHolder implements Demand.Listener {

  /** How often the expiries are looked up again: lists of instruments come late, and grow. */
  private static final long LOOK_MILLIS = 10_000;

  private final DemandBook book;
  private final Instruments instruments;
  private final TradingCalendar calendar;
  private final Set<String> underlyings = ConcurrentHashMap.newKeySet();
  private volatile boolean changed;

  // owned by the thread that looks
  private final Map<Selector, DemandBook.Reservation> held = new HashMap<>();
  private long lookedAt = Long.MIN_VALUE / 2;

  public IndexHolder(DemandBook book, Instruments instruments, TradingCalendar calendar) {
    this.book = book;
    this.instruments = instruments;
    this.calendar = calendar;
  }

  @Override
  public void onWanted(List<Selector> selectors) {
    if (underlyings.addAll(underlyingsOf(selectors))) {
      changed = true;
    }
  }

  @Override
  public void onReleased(List<Selector> selectors) {
    if (underlyings.removeAll(underlyingsOf(selectors))) {
      changed = true;
    }
  }

  /** The underlyings of the indices among these; patterns want nothing by themselves. */
  private static Set<String> underlyingsOf(List<Selector> selectors) {
    Set<String> found = new HashSet<>();
    for (Selector selector : selectors) {
      if (selector instanceof Channel(String name)
          && ChannelSubject.of(name) instanceof ChannelSubject.OfVolatility(String underlying)) {
        found.add(underlying);
      }
    }
    return found;
  }

  /**
   * Holds what the wanted indices need now, and lets go what they no longer need.
   *
   * @param now epoch ms UTC
   */
  public void look(long now) {
    if (!changed && now - lookedAt < LOOK_MILLIS) {
      return;
    }
    changed = false;
    lookedAt = now;
    Set<Selector> needed = new HashSet<>();
    underlyings.forEach(underlying -> add(underlying, now, needed));
    needed.forEach(selector -> held.computeIfAbsent(selector, book::hold));
    held.entrySet()
        .removeIf(entry -> {
          boolean isOver = !needed.contains(entry.getKey());
          if (isOver) {
            entry.getValue().close();
          }
          return isOver;
        });
  }

  private void add(String underlying, long now, Set<Selector> needed) {
    List<LocalDate> listed = instruments.expiries(underlying);
    InstrumentQuery calls = new InstrumentQuery("", underlying, null, null, Right.CALL);
    for (Instrument found : instruments.search(calls, 1)) {
      if (found instanceof Instrument.Option option) {
        for (LocalDate expiry : IndexRules.of(calendar, option).needed(listed, now)) {
          needed.add(new Channel(Channels.chainWish(underlying, expiry.toString())));
          addFuture(underlying, expiry, needed);
        }
      }
    }
  }

  private void addFuture(String underlying, LocalDate expiry, Set<Selector> needed) {
    InstrumentQuery query = new InstrumentQuery("", underlying, expiry, null, null);
    instruments.search(query, 1).stream() // futures come first
        .filter(Instrument.Future.class::isInstance)
        .forEach(future -> needed.add(new Channel(Channels.tick(future.symbol()))));
  }
}
