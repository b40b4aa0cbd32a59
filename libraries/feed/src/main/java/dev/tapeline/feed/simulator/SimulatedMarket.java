package dev.tapeline.feed.simulator;

import dev.tapeline.market.tick.Tick;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated market whose time is a parameter: the same seed, plan and start always give the same
 * ticks, however the time is cut into calls. Both times of a tick are simulated times. Not
 * thread-safe.
 */
public final class SimulatedMarket {

  static final long STEP_MILLIS = 50;

  private final SessionPlan plan;
  private long start;
  private final Weather weather;
  private final List<SimulatedShare> shares;
  private final List<SimulatedIndex> indices;
  private long now;
  private long session = -1;

  /**
   * A market that opens for the first time at the start.
   *
   * @param start epoch ms UTC
   */
  public SimulatedMarket(long seed, SessionPlan plan, long start) {
    this.plan = plan;
    this.start = start;
    this.now = start - STEP_MILLIS;
    Noise noise = new Noise(seed);
    weather = new Weather(noise.split(), Math.sqrt((double) STEP_MILLIS / plan.openMillis()));
    shares =
        SimulatedInstruments.SHARES.stream()
            .map(spec -> new SimulatedShare(spec, noise.split()))
            .toList();
    indices = new ArrayList<>();
    SimulatedInstruments.INDICES.forEach(
        spec -> indices.add(new SimulatedIndex(spec, shares, 2 * indices.size())));
  }

  /** Whether the market has not reached the time: there is another {@link #step}. */
  boolean isBehind(long millis) {
    return now + STEP_MILLIS <= millis;
  }

  /** The ticks of the next step, all of its time; none while the market is closed. */
  List<Tick> step() {
    now += STEP_MILLIS;
    List<Tick> ticks = new ArrayList<>();
    step(ticks);
    return ticks;
  }

  /** Moves to the time as if nothing had happened in between. */
  public void skipTo(long millis) {
    now = Math.max(now, millis - Math.floorMod(millis - start, STEP_MILLIS));
  }

  /** Moves the market's clock by this much: the session goes on, with other times from now on. */
  void setClock(long byMillis) {
    start += byMillis;
    now += byMillis;
  }

  public boolean isOpen() {
    return plan.isOpen(Math.max(0, now - start));
  }

  /** The present time of the market, epoch ms. */
  public long now() {
    return now;
  }

  private void step(List<Tick> out) {
    long elapsed = now - start;
    if (!plan.isOpen(elapsed)) {
      return;
    }
    if (plan.session(elapsed) != session) {
      session = plan.session(elapsed);
      shares.forEach(share -> share.open(now, out));
      indices.forEach(index -> index.open(now, out));
    }
    weather.step(plan.progress(elapsed));
    shares.forEach(share -> share.step(now, weather, out));
    indices.forEach(index -> index.step(elapsed / STEP_MILLIS, now, out));
  }
}
