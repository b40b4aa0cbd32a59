package dev.tapeline.market.chain;

/** How the time to expiry is counted in years. */
public enum DayCount {
  /** All the time there is, by years of 365 days. */
  CALENDAR(365),
  /** Sessions, by years of 252 of them; what is left of a session counts by its length. */
  TRADING(252);

  private final int days;

  DayCount(int days) {
    this.days = days;
  }

  /** The days of a year. */
  public int days() {
    return days;
  }
}
