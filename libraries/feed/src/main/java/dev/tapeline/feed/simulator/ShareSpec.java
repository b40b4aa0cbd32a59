package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;

/**
 * The parameters of a traded instrument of the simulation.
 *
 * @param start the first price
 * @param weight in the indices
 * @param beta how much of the market's moves it makes
 * @param volatility of its own moves over a session, as a fraction of the price
 * @param rate about how many events it has a second
 * @param lot the smallest quantity
 * @param levelStep ticks between two levels of its book
 */
record ShareSpec(
    Instrument instrument,
    BigDecimal start,
    Sector sector,
    double weight,
    double beta,
    double volatility,
    double rate,
    BigDecimal lot,
    int levelStep) {

  static ShareSpec share(
      String symbol, String securityId, String name, String start, Sector sector, double weight) {
    Instrument instrument =
        new Instrument.Share(
            new Reference(symbol, "NSE_EQ", securityId, name, new BigDecimal("0.05")));
    double beta = sector == Sector.CONSUMER ? 0.7 : 1.1;
    return new ShareSpec(
        instrument, new BigDecimal(start), sector, weight, beta, 0.004, 0.8, BigDecimal.ONE, 1);
  }

  /** A market of the {@code trade@MARKET} family; its segment is {@code SIM}. */
  static ShareSpec pair(
      String symbol, String name, String start, Sector sector, String tick, String lot, int step) {
    Instrument instrument =
        new Instrument.Pair(new Reference(symbol, "SIM", symbol, name, new BigDecimal(tick)));
    double beta = sector == Sector.CRYPTO ? 0.2 : 1;
    return new ShareSpec(
        instrument, new BigDecimal(start), sector, 0, beta, 0.004, 2, new BigDecimal(lot), step);
  }

  /** The price of this many ticks. */
  BigDecimal price(long ticks) {
    return instrument.tickSize().multiply(BigDecimal.valueOf(ticks));
  }

  /** The quantity of this many lots. */
  BigDecimal quantity(long lots) {
    return lot.multiply(BigDecimal.valueOf(lots));
  }

  double startTicks() {
    return start.divide(instrument.tickSize()).doubleValue();
  }
}
