package dev.tapeline.simulate.binance;

import dev.tapeline.simulate.control.Simulator;
import dev.tapeline.simulate.control.SimulatorControl;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binance from a simulated market: its streams and its market data REST, on one port. Its thread is
 * {@code simulator-binance}; its methods may be called by any.
 */
public final class BinanceSimulator implements AutoCloseable {

  private final Simulator simulator;

  private BinanceSimulator(Simulator simulator) {
    this.simulator = simulator;
  }

  public static BinanceSimulator start(BinanceOptions options) {
    return new BinanceSimulator(
        Simulator.start(
            "binance", options.common(), List.of(), floor -> new BinanceSite(floor, options)));
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

  @Override
  public void close() {
    simulator.close();
  }
}
