package dev.tapeline.market.indicator.study;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.Readings;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;

/**
 * The bars of one frame of an instrument, and what is wanted of them. Owned by one {@link
 * InstrumentIndicators}.
 */
final class IndicatorSeries {

  private final Instrument instrument;
  private final Frame frame;
  private final IndicatorStudy.Shared shared;
  private final KeptBars bars = new KeptBars();
  private final Map<IndicatorSpec, IndicatorComputation> computations = new LinkedHashMap<>();

  /** The room that is taken of the common one. */
  private int taken;

  private Times newestTimes = Times.UNKNOWN;

  /** How many bars of the past were asked for. */
  private int asked;

  IndicatorSeries(Instrument instrument, Frame frame, IndicatorStudy.Shared shared) {
    this.instrument = instrument;
    this.frame = frame;
    this.shared = shared;
  }

  Frame frame() {
    return frame;
  }

  boolean isWanted() {
    return !computations.isEmpty();
  }

  /**
   * Computes these requests from now on, and nothing else; tells the values of new ones at the last
   * closed bar.
   */
  void want(List<IndicatorRequest> requests, Consumer<MarketEvent> out) {
    List<IndicatorRequest> fresh = new ArrayList<>();
    Map<IndicatorSpec, IndicatorComputation> before = new LinkedHashMap<>(computations);
    Map<IndicatorSpec, List<String>> known = new LinkedHashMap<>();
    before.forEach((spec, computation) -> known.put(spec, List.copyOf(computation.names())));
    computations.clear();
    before.values().forEach(computation -> computation.names().clear());
    for (IndicatorRequest request : requests) {
      IndicatorSpec spec = request.spec();
      IndicatorComputation found = before.get(spec);
      IndicatorComputation computation =
          computations.computeIfAbsent(
              spec, it -> found == null ? new IndicatorComputation(it, bars) : found);
      computation.names().add(request.name());
      if (!known.getOrDefault(spec, List.of()).contains(request.name())) {
        fresh.add(request);
      }
    }
    settleRoom();
    fresh.forEach(request -> tellLast(request, out));
  }

  private void tellLast(IndicatorRequest request, Consumer<MarketEvent> out) {
    int last = bars.size() - 1;
    IndicatorComputation computation = computations.get(request.spec());
    if (last >= 0 && computation != null) {
      tell(List.of(request.name()), last, computation.closed(last), newestTimes, out);
    }
  }

  /** Gives the room back that a wanted series does not take of the common one. */
  private void settleRoom() {
    if (isWanted()) {
      shared.room().giveBack(taken);
      taken = 0;
    } else {
      bars.shrink(shared.rules().keptBars());
      while (bars.room() > 0 && !shared.room().take(bars.room() - taken)) {
        bars.shrink(bars.room() / 2);
      }
      taken = bars.room();
    }
  }

  /** Drops all bars, and wants nothing more. */
  void forget() {
    shared.room().giveBack(taken);
    taken = 0;
    computations.clear();
  }

  /**
   * Asks for the bars before its own, if its indicators use more than it has.
   *
   * @param sessions tells when the session of a bar began
   */
  void askPast(ToLongFunction<Bar> sessions, Consumer<MarketEvent> out) {
    int needed = limit();
    if (isWanted() && needed > asked && bars.size() < needed && !bars.hasDropped()) {
      asked = needed;
      shared
          .past()
          .add(EarlierBars.ask(instrument, frame, needed), past -> precede(past, sessions, out));
    }
  }

  /** Takes bars of the past, and tells the values of its own anew, or those of the last one. */
  private void precede(List<Bar> past, ToLongFunction<Bar> sessions, Consumer<MarketEvent> out) {
    int own = bars.size();
    if (!isWanted() || past.isEmpty() || own >= limit() || bars.hasDropped()) {
      return;
    }
    for (Bar bar : past) {
      if (bars.has(bars.placeOf(bar.time()), bar.time()) || makeRoom()) {
        bars.putPast(bar, sessions.applyAsLong(bar));
      }
    }
    int first = bars.size() - Math.max(1, Math.min(own, bars.size()));
    bars.reviseFrom(bars.size() - own);
    tellFrom(first, newestTimes, out);
  }

  /** Takes a bar that was closed or amended, and tells all values that it changes. */
  void closed(Bar bar, Times times, long session, Consumer<MarketEvent> out) {
    int changed = keep(bar, session);
    if (changed == KeptBars.UNCHANGED) {
      return;
    }
    newestTimes = times;
    tellFrom(changed, times, out);
  }

  /** Tells all values of the closed bars from a place on. */
  private void tellFrom(int first, Times times, Consumer<MarketEvent> out) {
    for (IndicatorComputation computation : computations.values()) {
      for (int place = first; place < bars.size(); place++) {
        tell(computation.names(), place, computation.closed(place), times, out);
      }
    }
  }

  /** Keeps a bar; returns its place, or that nothing has changed. */
  private int keep(Bar bar, long session) {
    if (bars.isOlderThanAll(bar.time())) {
      shared.counts().leaveOut();
      return KeptBars.UNCHANGED;
    }
    int place = bars.placeOf(bar.time());
    if (bars.has(place, bar.time())) {
      return bars.replace(place, bar, session);
    }
    int before = bars.size();
    if (!makeRoom()) {
      return KeptBars.UNCHANGED;
    }
    place -= before - bars.size();
    bars.insert(place, bar, session);
    return place;
  }

  /** Makes room for one more bar, if need be by dropping the oldest; false if there is none. */
  private boolean makeRoom() {
    if (bars.isFull() && !grow()) {
      if (bars.size() == 0) {
        return false;
      }
      bars.dropOldest();
    }
    return true;
  }

  private boolean grow() {
    int limit = limit();
    int more = bars.growth(limit);
    if (more <= 0) {
      return false;
    }
    if (!isWanted()) {
      if (!shared.room().take(more)) {
        shared.counts().crowd();
        return false;
      }
      taken += more;
    }
    bars.grow(limit);
    return true;
  }

  /**
   * Takes the bars of this frame that the bars of a shorter one make, before there are any others.
   * One whose begin or end is not known is left out.
   *
   * @param begins tells the begin of the bar of this frame that covers a time
   */
  void fold(IndicatorSeries parts, LongUnaryOperator begins) {
    KeptBars from = parts.bars;
    newestTimes = parts.newestTimes;
    int first = 0;
    for (int end = 1; end <= from.size(); end++) {
      long begin = begins.applyAsLong(from.time(first));
      long next = end < from.size() ? from.time(end) : from.time(end - 1) + parts.frame.millis();
      if (begins.applyAsLong(next) != begin) {
        boolean isKnown = first > 0 || from.time(first) == begin;
        if (isKnown && makeRoom()) {
          bars.addFold(from, first, end, begin);
        }
        first = end;
      }
    }
  }

  /** How many bars are kept at most. */
  private int limit() {
    int limit = shared.rules().keptBars();
    for (IndicatorComputation computation : computations.values()) {
      limit = Math.max(limit, computation.depth());
    }
    return limit;
  }

  /** Takes a bar that is still forming, and tells the values with it. */
  void forming(Bar bar, Times times, long session, Consumer<MarketEvent> out) {
    if (bars.size() > 0 && bar.time() <= bars.time(bars.size() - 1)) {
      return; // it was closed since
    }
    for (IndicatorComputation computation : computations.values()) {
      Readings readings = computation.forming(bar, session);
      for (String name : computation.names()) {
        var point = new MarketEvent.IndicatorsChanged.Point(name, frame, bar.time(), false, 0);
        tell(point, readings, times, out);
      }
    }
  }

  private void tell(
      List<String> names, int place, Readings readings, Times times, Consumer<MarketEvent> out) {
    for (String name : names) {
      var point =
          new MarketEvent.IndicatorsChanged.Point(
              name, frame, bars.time(place), true, bars.revision(place));
      tell(point, readings, times, out);
    }
  }

  private void tell(
      MarketEvent.IndicatorsChanged.Point point,
      Readings readings,
      Times times,
      Consumer<MarketEvent> out) {
    shared.counts().tell();
    out.accept(new MarketEvent.IndicatorsChanged(instrument, times, point, readings));
  }
}
