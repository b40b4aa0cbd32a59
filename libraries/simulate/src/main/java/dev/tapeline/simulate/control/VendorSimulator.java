package dev.tapeline.simulate.control;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.simulate.market.Derivatives;
import dev.tapeline.simulate.net.VendorSite;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's service from a simulated market, with sockets and REST on one port. Its thread is
 * {@code simulator-VENDOR}; its methods may be called by any.
 *
 * @param <S> the vendor's site
 */
public abstract class VendorSimulator<S extends VendorSite> implements AutoCloseable {

  private final Simulator<S> simulator;

  /**
   * Starts it.
   *
   * @param relevant whether the vendor has anything to do with an instrument of the market
   * @param derivatives to trade besides the market's own instruments
   * @param sites makes the vendor's site, on the loop
   */
  protected VendorSimulator(
      String vendor,
      SimulatorOptions options,
      Predicate<Instrument> relevant,
      List<Derivatives> derivatives,
      Function<Floor, S> sites) {
    simulator = Simulator.start(vendor, options, relevant, derivatives, sites);
  }

  /** Does something with the vendor's site on its loop, and waits for the end of it. */
  protected final void run(Consumer<S> action) {
    simulator.run(() -> action.accept(simulator.site()));
  }

  /** The port of all sockets and of REST. */
  public final int port() {
    return simulator.port();
  }

  public final int controlPort() {
    return simulator.controlPort();
  }

  public final SimulatorControl control() {
    return simulator;
  }

  /**
   * The last price of an instrument, as by {@code NSE_EQ:1333} or {@code SIM:BTC_USDT}; null before
   * the first.
   */
  public final @Nullable BigDecimal lastPrice(String key) {
    return simulator.lastPrice(key);
  }

  /** What is traded. */
  public final List<Instrument> instruments() {
    return simulator.instruments();
  }

  @Override
  public final void close() {
    simulator.close();
  }
}
