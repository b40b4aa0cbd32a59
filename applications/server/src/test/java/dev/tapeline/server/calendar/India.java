package dev.tapeline.server.calendar;

import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.Venue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Venues and instants of India, by its clock. */
final class India {

  static final Venue CASH_FNO = new Venue("NSE", MarketClass.CASH_FNO);
  static final Venue CASH = new Venue("NSE", MarketClass.CASH);
  static final Venue INDEX = new Venue("NSE", MarketClass.INDEX);
  static final Venue DERIVATIVES = new Venue("NSE", MarketClass.EQUITY_DERIVATIVES);
  static final Venue CURRENCY = new Venue("NSE", MarketClass.CURRENCY);
  static final Venue COMMODITY = new Venue("MCX", MarketClass.COMMODITY);

  private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

  private India() {}

  /** The same class at the other exchange, which keeps the same hours. */
  static Venue atBse(Venue venue) {
    return new Venue("BSE", venue.marketClass());
  }

  static Instant at(LocalDate date, String time) {
    return ZonedDateTime.of(date, LocalTime.parse(time), ZONE).toInstant();
  }

  static Instant at(String date, String time) {
    return at(LocalDate.parse(date), time);
  }
}
