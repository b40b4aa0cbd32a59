package dev.tapeline.market.session;

import dev.tapeline.market.instrument.Instrument;
import java.util.function.Predicate;

/**
 * A class of market at an exchange: what has hours of its own.
 *
 * @param exchange its name as the calendar lists it: {@code NSE}, {@code MCX}, {@code DERIBIT}
 */
public record Venue(String exchange, MarketClass marketClass) {

  private static final String NSE = "NSE";
  private static final String BSE = "BSE";

  /**
   * The venue of an instrument, by its segment. All indices count as those of NSE, because their
   * segment doesn't tell the exchange; NSE and BSE keep the same hours. A segment that is none of
   * an Indian exchange is one that never closes, if the calendar lists it, and is unknown
   * otherwise.
   *
   * @param hasDerivatives whether there are futures or options on a share
   */
  public static Venue of(Instrument instrument, Predicate<? super Instrument> hasDerivatives) {
    return switch (instrument.segment()) {
      case "IDX_I" -> new Venue(NSE, MarketClass.INDEX);
      case "NSE_EQ" -> new Venue(NSE, cash(instrument, hasDerivatives));
      case "BSE_EQ" -> new Venue(BSE, cash(instrument, hasDerivatives));
      case "NSE_FNO" -> new Venue(NSE, MarketClass.EQUITY_DERIVATIVES);
      case "BSE_FNO" -> new Venue(BSE, MarketClass.EQUITY_DERIVATIVES);
      case "NSE_CURRENCY" -> new Venue(NSE, MarketClass.CURRENCY);
      case "BSE_CURRENCY" -> new Venue(BSE, MarketClass.CURRENCY);
      case "MCX_COMM" -> new Venue("MCX", MarketClass.COMMODITY);
      default -> new Venue(instrument.segment(), MarketClass.ALWAYS);
    };
  }

  private static MarketClass cash(
      Instrument instrument, Predicate<? super Instrument> hasDerivatives) {
    return hasDerivatives.test(instrument) ? MarketClass.CASH_FNO : MarketClass.CASH;
  }
}
