package dev.tapeline.market.session;

/** Whether a market trades on a date. */
public enum DayStatus {
  /** There is at least one session, even if it is short or at an unusual hour. */
  TRADING,
  CLOSED,
  /** The calendar does not cover the date, or does not know the market. */
  UNKNOWN
}
