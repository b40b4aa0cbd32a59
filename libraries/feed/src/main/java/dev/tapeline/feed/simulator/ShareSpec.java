package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;

/**
 * The parameters of a share or a pair of the simulation.
 *
 * @param start the first price
 * @param weight in the indices
 * @param beta how much of the market's moves it makes
 * @param volatility of its own moves over a session, as a fraction of the price
 * @param rate about how many events it has a second
 */
record ShareSpec(
    Units units,
    BigDecimal start,
    Sector sector,
    double weight,
    double beta,
    double volatility,
    double rate) {

  static ShareSpec share(
      String symbol, String securityId, String name, String start, Sector sector, double weight) {
    Instrument instrument =
        new Instrument.Share(
            new Reference(symbol, "NSE_EQ", securityId, name, new BigDecimal("0.05")));
    double beta = sector == Sector.CONSUMER ? 0.7 : 1.1;
    Units units = new Units(instrument, BigDecimal.ONE, 1);
    return new ShareSpec(units, new BigDecimal(start), sector, weight, beta, 0.004, 0.8);
  }

  /** A market of the {@code trade@MARKET} family; its segment is {@code SIM}. */
  static ShareSpec pair(
      String symbol, String name, String start, Sector sector, String tick, String lot, int step) {
    Instrument instrument =
        new Instrument.Pair(new Reference(symbol, "SIM", symbol, name, new BigDecimal(tick)));
    double beta = sector == Sector.CRYPTO ? 0.2 : 1;
    Units units = new Units(instrument, new BigDecimal(lot), step);
    return new ShareSpec(units, new BigDecimal(start), sector, 0, beta, 0.004, 2);
  }

  Instrument instrument() {
    return units.instrument();
  }

  double startTicks() {
    return units.ticks(start);
  }
}
