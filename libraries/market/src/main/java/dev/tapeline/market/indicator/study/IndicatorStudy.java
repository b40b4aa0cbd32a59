package dev.tapeline.market.indicator.study;

import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells the indicators that somebody wants, whenever a bar of theirs forms, closes or is amended.
 * Stands behind the study of bars. Keeps closed bars within {@link IndicatorRules}. Owned by the
 * thread of its market.
 *
 * <p>A value of a closed bar is told once; it is told again, with a higher revision, where that bar
 * or one before it is amended. Bars that come twice change nothing.
 */
public final class IndicatorStudy implements Study {

  /** How often new demand is looked for, where no bars come. */
  private static final long FOLLOW_MILLIS = 500;

  private final Shared shared;
  private final WishNews news;

  /** In the order of their first bars, so that values are told in the same order again. */
  private final Map<String, InstrumentIndicators> instruments = new LinkedHashMap<>();

  private long followedSlot = Long.MIN_VALUE;

  /** What the series of all instruments share. */
  record Shared(
      IndicatorRules rules,
      IndicatorDemand demand,
      SessionOpens opens,
      FrameBegins begins,
      BarRoom room,
      IndicatorCounts counts) {}

  public IndicatorStudy(
      IndicatorRules rules,
      IndicatorDemand demand,
      SessionOpens opens,
      FrameBegins begins,
      IndicatorCounts counts) {
    BarRoom room = new BarRoom(rules.maxKeptBars());
    shared = new Shared(rules, demand, opens, begins, room, counts);
    news = demand.news();
  }

  @Override
  public void onEvent(MarketEvent event, Consumer<MarketEvent> out) {
    switch (event) {
      case MarketEvent.BarChanged(var instrument, var times, var bar) -> {
        followDemand(out);
        of(instrument).onBar(bar, times, out);
      }
      case MarketEvent.SessionStarted(Tick.SessionStart start) -> start(start);
      default -> {} // neither bars nor sessions
    }
  }

  private void start(Tick.SessionStart start) {
    InstrumentIndicators of = of(start.instrument());
    long time = start.times().exchange() > 0 ? start.times().exchange() : start.times().received();
    if (time > 0) {
      of.sessionStarted(time);
    } else {
      of.startOver(); // a recording begins again, with its times
    }
  }

  private InstrumentIndicators of(Instrument instrument) {
    InstrumentIndicators known = instruments.get(instrument.symbol());
    if (known != null && known.areOf(instrument)) {
      return known;
    }
    if (known != null) {
      known.startOver(); // another instrument has its symbol
    }
    InstrumentIndicators made = new InstrumentIndicators(instrument, shared);
    instruments.put(instrument.symbol(), made);
    return made;
  }

  /** Tells what is newly wanted of instruments that do not trade at present. */
  @Override
  public void onTime(long millis, Consumer<MarketEvent> out) {
    long slot = Math.floorDiv(millis, FOLLOW_MILLIS);
    if (slot != followedSlot) {
      followedSlot = slot;
      followDemand(out);
    }
  }

  private void followDemand(Consumer<MarketEvent> out) {
    WishNews.Changed changed = news.take();
    if (changed.all()) {
      instruments.values().forEach(one -> one.follow(out));
    }
    for (String symbol : changed.symbols()) {
      Optional.ofNullable(instruments.get(symbol)).ifPresent(one -> one.follow(out));
    }
  }
}
