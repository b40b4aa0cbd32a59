package dev.tapeline.market.chain;

import dev.tapeline.market.option.ImpliedVolatility;

/** Why a figure of an option chain is absent. */
public enum NoFigure {
  /** Nobody bids and asks in a usable way, and there is no last price. */
  NO_QUOTE("no quote"),
  /** There is only a last price, and it is too old. */
  STALE("stale"),
  /** The price is below what exercise on the forward would bring. */
  BELOW_INTRINSIC("below intrinsic"),
  /** The price is above all that the option can bring. */
  ABOVE_MAXIMUM("above maximum"),
  /** The contract has been settled. */
  EXPIRED("expired"),
  /** The settlement price is being averaged, which the clock for averages does not cover. */
  AVERAGING("averaging"),
  /** The calendar does not know when the contract settles, or its trading days until then. */
  NO_CALENDAR("not in the calendar"),
  /** There is no forward price. */
  NO_FORWARD("no forward"),
  /** The price of the underlying is unknown. */
  NO_SPOT("no spot"),
  /** The price of the underlying has not moved for so long that it may be frozen. */
  FROZEN_SPOT("spot is frozen"),
  /** No volatility is known at the strikes that are needed. */
  NO_VOLATILITY("no volatility"),
  /** What is divided by is 0 or unknown. */
  NO_DIVISOR("nothing to divide by"),
  /** The vendor sends no open interest. */
  NO_OPEN_INTEREST("no open interest"),
  /** No volatilities of earlier days are at hand. */
  NO_HISTORY("no history"),
  /** Volatilities of too few earlier days are at hand. */
  SHORT_HISTORY("short history");

  private final String text;

  NoFigure(String text) {
    this.text = text;
  }

  /** The reason for the one that a price implies no volatility for. */
  public static NoFigure of(ImpliedVolatility.Absent absent) {
    return switch (absent) {
      case BELOW_INTRINSIC -> BELOW_INTRINSIC;
      case ABOVE_MAXIMUM -> ABOVE_MAXIMUM;
      case NO_TIME -> EXPIRED;
      case NO_PRICE -> NO_QUOTE;
      case NO_FORWARD -> NO_FORWARD;
    };
  }

  /** As payloads say it. */
  public String text() {
    return text;
  }
}
