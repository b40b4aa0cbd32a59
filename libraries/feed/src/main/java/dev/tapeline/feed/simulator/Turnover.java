package dev.tapeline.feed.simulator;

import dev.tapeline.market.tick.Tick;
import java.time.LocalDate;
import java.util.List;

/**
 * The volume and the open interest of a contract, of which the ticks of trades are a small sample.
 * Open interest builds up in the first half of a day and unwinds later, on the last day from its
 * first hours on.
 */
final class Turnover {

  private static final double BUILDING = 0.06;
  private static final double ERRATIC = 0.1;

  private final DayTally day;
  private final OpenLots open;
  private final LocalDate expiry;
  private final double typicalLots;

  /**
   * The turnover of a contract.
   *
   * @param typicalLots that are traded between two ticks of trades
   */
  Turnover(DayTally day, OpenLots open, LocalDate expiry, double typicalLots) {
    this.day = day;
    this.open = open;
    this.expiry = expiry;
    this.typicalLots = typicalLots;
  }

  /**
   * Follows a trade.
   *
   * @param share of the typical lots
   */
  void follow(double share, DerivativesStep step, Noise noise, List<Tick> out) {
    long lots = noise.skewed(Math.max(1, Math.round(typicalLots * share)));
    day.turnover(day.close(), lots);
    open.add(Math.round(lots * (building(step) + ERRATIC * noise.normal())));
    out.add(day.tick(step.times()));
    out.add(open.tick(step.times()));
  }

  private double building(DerivativesStep step) {
    boolean isLastDay = step.time().date().equals(expiry);
    return BUILDING * (isLastDay ? 0.4 - 2.4 * step.progress() : 1 - 1.6 * step.progress());
  }
}
