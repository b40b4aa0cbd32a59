package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.List;

/** An index of the simulation: the weighted mean of its shares, rounded to its tick. */
final class SimulatedIndex {

  private static final int STEPS_BETWEEN = 10;

  private final SimulatedInstruments.IndexSpec spec;
  private final List<SimulatedShare> shares;
  private final double startTicks;
  private final double weights;
  private final int phase;
  private long lastTicks;

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
    this.startTicks = spec.start().divide(spec.instrument().tickSize()).doubleValue();
    this.lastTicks = Math.round(startTicks);
  }

  void open(long time, List<Tick> out) {
    Times times = new Times(time, time);
    out.add(new Tick.SessionStart(spec.instrument(), times, price(lastTicks)));
    tell(times, ticks(), out);
  }

  void step(long step, long time, List<Tick> out) {
    long ticks = step % STEPS_BETWEEN == phase ? ticks() : lastTicks;
    if (ticks != lastTicks) {
      tell(new Times(time, time), ticks, out);
    }
  }

  private long ticks() {
    double sum = 0;
    for (SimulatedShare share : shares) {
      sum += share.spec().weight() * share.level();
    }
    return Math.round(startTicks * sum / weights);
  }

  private void tell(Times times, long ticks, List<Tick> out) {
    lastTicks = ticks;
    out.add(new Tick.IndexValue(instrument(), times, price(ticks)));
  }

  private BigDecimal price(long ticks) {
    return instrument().tickSize().multiply(BigDecimal.valueOf(ticks));
  }

  private Instrument instrument() {
    return spec.instrument();
  }
}
