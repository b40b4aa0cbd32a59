package dev.tapeline.feed.simulator;

import dev.tapeline.feed.simulator.SimulatedQuote.DepthView;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.List;

/** An index of the simulation: the weighted mean of its shares, rounded to its tick. */
final class SimulatedIndex implements Quoted {

  private static final int STEPS_BETWEEN = 10;

  private final SimulatedInstruments.IndexSpec spec;
  private final List<SimulatedShare> shares;
  private final Units units;
  private final DayTally day;
  private final double startTicks;
  private final double weights;
  private final int phase;
  private long session = -1;

  /**
   * An index of those shares that belong to its sectors and have a weight.
   *
   * @param phase the step at which it is passed on, so that indices don't all come at once
   */
  SimulatedIndex(SimulatedInstruments.IndexSpec spec, List<SimulatedShare> all, int phase) {
    this.spec = spec;
    this.phase = phase % STEPS_BETWEEN;
    this.shares =
        all.stream()
            .filter(share -> share.spec().weight() > 0)
            .filter(share -> spec.sectors().contains(share.spec().sector()))
            .toList();
    this.weights = shares.stream().mapToDouble(share -> share.spec().weight()).sum();
    this.units = new Units(spec.instrument(), BigDecimal.ONE, 1);
    this.startTicks = units.ticks(spec.start());
    this.day = new DayTally(units, Math.round(startTicks));
  }

  @Override
  public Instrument instrument() {
    return spec.instrument();
  }

  /** The exact value. */
  double price() {
    return spec.start().doubleValue() * level();
  }

  /** Begins a session, if it has not begun. */
  void begin(long number, long time, List<Tick> out) {
    if (number != session) {
      session = number;
      out.add(day.begin(new Times(time, time)));
    }
  }

  /** Opens a session, which begins now if it has not begun. */
  void open(long number, long time, List<Tick> out) {
    begin(number, time, out);
    tell(time, ticks(), out);
  }

  void step(long step, long time, List<Tick> out) {
    long ticks = step % STEPS_BETWEEN == phase ? ticks() : day.close();
    if (ticks != day.close()) {
      tell(time, ticks, out);
    }
  }

  private long ticks() {
    return Math.round(startTicks * level());
  }

  /** The exact value as a multiple of the first one. */
  private double level() {
    double sum = 0;
    for (SimulatedShare share : shares) {
      sum += share.spec().weight() * share.level();
    }
    return sum / weights;
  }

  private void tell(long time, long ticks, List<Tick> out) {
    day.trade(ticks, 0, time);
    out.add(new Tick.IndexValue(instrument(), new Times(time, time), units.price(ticks)));
  }

  @Override
  public SimulatedQuote quote() {
    return new SimulatedQuote(instrument(), day.last(), day.view(), null, DepthView.NONE);
  }
}
