package dev.tapeline.market.indicator.study;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The series of one instrument. Owned by one {@link IndicatorStudy}. */
final class InstrumentIndicators {

  private static final long NEVER = Long.MIN_VALUE;

  private final Instrument instrument;
  private final IndicatorStudy.Shared shared;
  private final LongUnaryOperator opens;
  private final List<IndicatorSeries> series = new ArrayList<>();
  private List<IndicatorRequest> requests = List.of();
  private boolean isFollowing;

  /** When the source said that a session began. */
  private long startedAt = NEVER;

  InstrumentIndicators(Instrument instrument, IndicatorStudy.Shared shared) {
    this.instrument = instrument;
    this.shared = shared;
    this.opens = shared.opens().of(instrument);
  }

  boolean areOf(Instrument other) {
    return instrument.equals(other);
  }

  /** Takes a bar. */
  void onBar(Bar bar, Times times, Consumer<MarketEvent> out) {
    if (!isFollowing) {
      follow(out);
    }
    IndicatorSeries of = find(bar.frame());
    if (of == null) {
      if (!shared.rules().keptFrames().contains(bar.frame())) {
        return; // somebody wants the bar, and no indicator
      }
      of = add(bar.frame());
    }
    if (bar.state().closed()) {
      of.closed(bar, times, session(bar), out);
    } else if (of.isWanted()) {
      of.forming(bar, times, session(bar), out);
    }
  }

  private long session(Bar bar) {
    if (!bar.frame().isIntraday()) {
      return bar.time();
    }
    long open = opens.applyAsLong(bar.time());
    return bar.time() >= startedAt ? Math.max(open, startedAt) : open;
  }

  /** Follows what is wanted of the instrument. */
  void follow(Consumer<MarketEvent> out) {
    isFollowing = true;
    List<IndicatorRequest> wanted = shared.demand().requests(instrument.symbol());
    if (wanted.equals(requests)) {
      return;
    }
    requests = wanted;
    for (IndicatorRequest request : wanted) {
      if (find(request.frame()) == null) {
        begin(add(request.frame()));
      }
    }
    for (IndicatorSeries one : List.copyOf(series)) {
      one.want(wanted.stream().filter(it -> it.frame().equals(one.frame())).toList(), out);
      if (!one.isWanted() && !shared.rules().keptFrames().contains(one.frame())) {
        one.forget();
        series.remove(one);
      }
    }
  }

  private @Nullable IndicatorSeries find(Frame frame) {
    for (IndicatorSeries one : series) {
      if (one.frame().equals(frame)) {
        return one;
      }
    }
    return null;
  }

  private IndicatorSeries add(Frame frame) {
    IndicatorSeries added = new IndicatorSeries(instrument, frame, shared);
    series.add(added);
    return added;
  }

  /** Begins a series with what the kept minutes make, if its frame is one of minutes. */
  private void begin(IndicatorSeries fresh) {
    IndicatorSeries minutes = find(Frame.MINUTE);
    if (minutes != null && minutes != fresh && isOfMinutes(fresh.frame())) {
      fresh.fold(
          minutes, time -> shared.begins().begin(instrument, fresh.frame(), time).orElse(NEVER));
    }
  }

  private static boolean isOfMinutes(Frame frame) {
    return frame.isIntraday() && frame.millis() % Frame.MINUTE.millis() == 0;
  }

  /** A session begins at a time, whatever the calendar says. */
  void sessionStarted(long time) {
    startedAt = time;
  }

  /** Forgets all bars: a recording begins again. */
  void startOver() {
    series.forEach(IndicatorSeries::forget);
    series.clear();
    requests = List.of();
    isFollowing = false;
    startedAt = NEVER;
  }
}
