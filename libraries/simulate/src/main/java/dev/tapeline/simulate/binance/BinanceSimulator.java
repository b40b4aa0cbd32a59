package dev.tapeline.simulate.binance;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.simulate.control.VendorSimulator;
import java.util.List;

/** Binance from a simulated market: its streams and its market data REST. */
public final class BinanceSimulator extends VendorSimulator<BinanceSite> {

  private BinanceSimulator(BinanceOptions options) {
    super(
        "binance",
        options.common(),
        Instrument.Pair.class::isInstance,
        List.of(),
        floor -> new BinanceSite(floor, options));
  }

  public static BinanceSimulator start(BinanceOptions options) {
    return new BinanceSimulator(options);
  }
}
