package dev.tapeline.simulate.control;

import dev.tapeline.feed.simulator.SessionPlan;
import dev.tapeline.simulate.market.MarketSource;
import dev.tapeline.simulate.market.SimulatedSource;
import dev.tapeline.simulate.market.SpeedClock;
import java.time.InstantSource;

/**
 * What all simulators are told.
 *
 * @param host to listen on
 * @param port of the vendor's sockets and REST; 0 for any
 * @param controlPort of the control API; 0 for any
 * @param source the market
 * @param clock the market's clock
 * @param seed of what is random besides the market
 */
public record SimulatorOptions(
    String host, int port, int controlPort, MarketSource source, InstantSource clock, long seed) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final long SEED = 7;

  /** Any ports of this machine, and the simulated market in real time. */
  public static SimulatorOptions usual() {
    return atSpeed(1);
  }

  /** The same, in a market that is so many times as fast. */
  public static SimulatorOptions atSpeed(double speed) {
    return atSpeed(speed, SessionPlan.COMPRESSED);
  }

  /**
   * The same, in a market of other hours. Its times begin in the past if it is fast: they are those
   * of this machine when its first day ends, and ahead after that.
   */
  public static SimulatorOptions atSpeed(double speed, SessionPlan plan) {
    InstantSource clock = new SpeedClock(InstantSource.system(), speed, plan.day());
    return new SimulatorOptions(
        LOOPBACK, 0, 0, SimulatedSource.of(SEED, plan, clock, speed), clock, SEED);
  }

  public SimulatorOptions withPorts(int vendor, int control) {
    return new SimulatorOptions(host, vendor, control, source, clock, seed);
  }

  public SimulatorOptions withHost(String bound) {
    return new SimulatorOptions(bound, port, controlPort, source, clock, seed);
  }

  /** The same with another market, which tells its own time. */
  public SimulatorOptions with(MarketSource other, InstantSource time) {
    return new SimulatorOptions(host, port, controlPort, other, time, seed);
  }
}
