package dev.tapeline.market.indicator.study;

import dev.tapeline.market.Ticks;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.event.ChangedWishes;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.WishNews;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.Readings;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A study of one share whose bars and demand tests make by hand; keeps all that it tells. */
final class IndicatorRig implements IndicatorDemand {

  /** A Monday, 09:15 in India. */
  static final long OPEN = 1_764_560_700_000L;

  static final long MINUTE = 60_000;

  /** Sessions of 375 minutes, each a day after the other. */
  private static final SessionOpens OPENS =
      _ -> time -> OPEN + Math.floorDiv(time - OPEN, 86_400_000L) * 86_400_000L;

  final IndicatorCounts counts = new IndicatorCounts();
  private final IndicatorStudy study;
  private final List<Value> told = new ArrayList<>();
  private List<IndicatorRequest> requests = List.of();
  private final ChangedWishes changes = new ChangedWishes();

  /** What the study has told: a copy of the event. */
  record Value(
      String name,
      long minute,
      boolean closed,
      int revision,
      int bars,
      List<@Nullable Double> values) {}

  IndicatorRig() {
    this(IndicatorRules.of(Set.of(Frame.MINUTE)));
  }

  IndicatorRig(IndicatorRules rules) {
    study = new IndicatorStudy(rules, this, OPENS, IndicatorRig::begin, counts);
  }

  private static OptionalLong begin(Instrument instrument, Frame frame, long time) {
    long open = OPENS.of(instrument).applyAsLong(time);
    long length = frame.millis();
    return OptionalLong.of(open + Math.floorDiv(time - open, length) * length);
  }

  /** A request over bars of a minute, by its text. */
  static IndicatorRequest request(String spec) {
    return new IndicatorRequest("1m:" + spec, Frame.MINUTE, IndicatorSpec.parse(spec));
  }

  IndicatorRig want(IndicatorRequest... wanted) {
    requests = List.of(wanted);
    changes.addAll();
    return this;
  }

  @Override
  public WishNews news() {
    return changes.news();
  }

  @Override
  public List<IndicatorRequest> requests(String symbol) {
    return requests;
  }

  /** A closed bar of this minute since the first open, with all prices alike. */
  static Bar closed(long minute, double price) {
    return closed(minute, price, Bar.State.CLOSED);
  }

  static Bar closed(long minute, double price, Bar.State state) {
    return bar(Frame.MINUTE, minute, List.of(price, price, price, price), state);
  }

  static Bar forming(long minute, double price) {
    return closed(minute, price, Bar.State.FORMING);
  }

  /** A bar of open, high, low and close, and a volume of 10. */
  static Bar bar(Frame frame, long minute, List<Double> prices, Bar.State state) {
    List<BigDecimal> exact = prices.stream().map(BigDecimal::valueOf).toList();
    Ohlc ohlc = new Ohlc(exact.get(0), exact.get(1), exact.get(2), exact.get(3));
    return new Bar(frame, OPEN + minute * MINUTE, ohlc, BigDecimal.TEN, 1, state);
  }

  IndicatorRig take(Bar... bars) {
    for (Bar bar : bars) {
      study.onEvent(
          new MarketEvent.BarChanged(Ticks.HDFC, new Times(bar.time(), bar.time()), bar),
          this::keep);
    }
    return this;
  }

  void time(long millis) {
    study.onTime(millis, this::keep);
  }

  void startSession(Times times) {
    study.onEvent(
        new MarketEvent.SessionStarted(new Tick.SessionStart(Ticks.HDFC, times, null)), this::keep);
  }

  private void keep(MarketEvent event) {
    if (event instanceof MarketEvent.IndicatorsChanged(_, _, var point, Readings readings)) {
      told.add(
          new Value(
              point.name(),
              (point.time() - OPEN) / MINUTE,
              point.closed(),
              point.revision(),
              readings.bars(),
              values(readings)));
    }
  }

  private static List<@Nullable Double> values(Readings readings) {
    List<@Nullable Double> all = new ArrayList<>();
    int count = readings.spec().values().size();
    for (int place = 0; place < count; place++) {
      all.add(readings.has(place) ? readings.get(place) : null);
    }
    return all;
  }

  /** All that was told since the last call. */
  List<Value> told() {
    List<Value> all = List.copyOf(told);
    told.clear();
    return all;
  }
}
