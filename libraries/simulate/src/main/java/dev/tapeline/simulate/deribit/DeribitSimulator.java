package dev.tapeline.simulate.deribit;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.simulate.control.Simulator;
import dev.tapeline.simulate.control.SimulatorControl;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Deribit from a simulated market: its public JSON-RPC by socket and by REST, on one port. Its
 * thread is {@code simulator-deribit}; its methods may be called by any.
 */
public final class DeribitSimulator implements AutoCloseable {

  private final Simulator simulator;
  private final DeribitSite site;

  private DeribitSimulator(Simulator simulator, DeribitSite site) {
    this.simulator = simulator;
    this.site = site;
  }

  public static DeribitSimulator start(DeribitOptions options) {
    AtomicReference<@Nullable DeribitSite> made = new AtomicReference<>();
    Simulator simulator =
        Simulator.start(
            "deribit",
            options.common(),
            DeribitMarket.series(options.common().clock().instant()),
            floor -> {
              DeribitSite site = new DeribitSite(floor, options);
              made.set(site);
              return site;
            });
    DeribitSite site = made.get();
    if (site == null) {
      throw new IllegalStateException("the simulator has no site");
    }
    return new DeribitSimulator(simulator, site);
  }

  public int port() {
    return simulator.port();
  }

  public int controlPort() {
    return simulator.controlPort();
  }

  public SimulatorControl control() {
    return simulator;
  }

  /** The last price of an instrument, as by {@code SIM:BTC_USDT}; null before the first. */
  public @Nullable BigDecimal lastPrice(String key) {
    return simulator.lastPrice(key);
  }

  /** What is traded. */
  public List<Instrument> instruments() {
    return simulator.instruments();
  }

  /** Sends a test request to all clients at once, whatever heartbeats they have set. */
  public void testNow() {
    simulator.run(site::testNow);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
