package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.util.List;

/**
 * One share or pair of the simulation. Its fair price moves with the weather at each step; it wakes
 * now and then, the more often the livelier it has been, and then moves its quotes to the fair
 * price and trades at them.
 */
final class SimulatedShare implements Quoted {

  private static final double CALMING = 0.96;
  private static final double MOST_EXCITED = 4;
  private static final double GAP_VOLATILITY = 0.004;

  private final ShareSpec spec;
  private final Noise noise;
  private final BookTrading trading;
  private final DayTally day;
  private final double startTicks;
  private double fair;
  private double excitement;
  private long session = -1;

  SimulatedShare(ShareSpec spec, Noise noise) {
    this.spec = spec;
    this.noise = noise;
    this.startTicks = spec.startTicks();
    this.fair = startTicks;
    this.day = new DayTally(spec.units(), Math.round(startTicks));
    this.trading = new BookTrading(spec.units(), day, noise);
  }

  ShareSpec spec() {
    return spec;
  }

  @Override
  public Instrument instrument() {
    return spec.instrument();
  }

  /** The fair price as a multiple of the first one. */
  double level() {
    return fair / startTicks;
  }

  /** The fair price. */
  double price() {
    return spec.start().doubleValue() * level();
  }

  /** Begins a session, if it has not begun, at a price that the night has changed. */
  void begin(long number, long time, List<Tick> out) {
    if (number != session) {
      session = number;
      out.add(day.begin(new Times(time, time)));
      fair *= 1 + noise.normal() * GAP_VOLATILITY;
      excitement = 1;
    }
  }

  /** States the price that the opening auction would have now. */
  void indicate(double error, long time, List<Tick> out) {
    out.add(day.indicate(Math.round(fair * (1 + error)), time));
  }

  /** Opens a session, which begins now if it has not begun. */
  void open(long number, long time, List<Tick> out) {
    begin(number, time, out);
    trading.open(fair, new Times(time, time), out);
  }

  /** Advances by one step, which ends at the time. */
  void step(long time, Weather weather, List<Tick> out) {
    fair *= 1 + weather.sharedMove(spec) + noise.normal() * spec.volatility() * weather.scale();
    fair = Math.max(fair, 10 * SimulatedBook.LEVELS * spec.units().levelStep());
    excitement *= CALMING;
    double rate = spec.rate() * weather.activity() * (1 + excitement);
    if (noise.chance(Math.min(0.8, rate * SimulatedMarket.STEP_MILLIS / 1000))) {
      excitement = Math.min(MOST_EXCITED, excitement + 0.3);
      trading.wake(fair, weather.stir(), new Times(time, time), out);
    }
  }

  @Override
  public SimulatedQuote quote() {
    return new SimulatedQuote(instrument(), day.last(), day.view(), null, trading.depth());
  }
}
