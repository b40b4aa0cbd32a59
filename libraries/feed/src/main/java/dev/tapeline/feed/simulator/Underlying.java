package dev.tapeline.feed.simulator;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the simulation has futures on, and options on the indices; the names are the symbols. */
enum Underlying {
  NIFTY(0, 65, 50, 0.125, 40_000, true),
  BANKNIFTY(1, 30, 100, 0.15, 12_000, false),
  RELIANCE(2, 500, 0, 0.2, 60_000, false),
  HDFCBANK(3, 550, 0, 0.2, 50_000, false);

  private static final int EXPIRIES = 3;

  private final int number;
  private final int lot;
  private final int strikeStep;
  private final double volatility;
  private final int typicalInterest;
  private final boolean isWeekly;

  Underlying(
      int number,
      int lot,
      int strikeStep,
      double volatility,
      int typicalInterest,
      boolean isWeekly) {
    this.number = number;
    this.lot = lot;
    this.strikeStep = strikeStep;
    this.volatility = volatility;
    this.typicalInterest = typicalInterest;
    this.isWeekly = isWeekly;
  }

  /** The number in the ids of its contracts, from 0. */
  int number() {
    return number;
  }

  /** The units of the underlying in one contract. */
  BigDecimal lot() {
    return BigDecimal.valueOf(lot);
  }

  boolean hasOptions() {
    return strikeStep > 0;
  }

  /** Between two strikes. */
  int strikeStep() {
    return strikeStep;
  }

  /** The usual implied volatility at the money, a year. */
  double volatility() {
    return volatility;
  }

  /** The open lots of a contract that trades a lot. */
  int typicalInterest() {
    return typicalInterest;
  }

  /**
   * The expiries of its options that are listed on a date, the first one first: those of its
   * futures, and where there are weekly ones the next Tuesdays.
   */
  List<LocalDate> optionExpiries(LocalDate date) {
    if (!hasOptions()) {
      return List.of();
    }
    Stream<LocalDate> weeks = isWeekly ? tuesdays(date) : Stream.of();
    return Stream.concat(weeks, futureExpiries(date).stream()).distinct().sorted().toList();
  }

  private static Stream<LocalDate> tuesdays(LocalDate date) {
    LocalDate first = date.with(TemporalAdjusters.nextOrSame(DayOfWeek.TUESDAY));
    return IntStream.range(0, EXPIRIES).mapToObj(first::plusWeeks);
  }

  /** The expiries of its futures that are listed on a date: the last Tuesdays of three months. */
  List<LocalDate> futureExpiries(LocalDate date) {
    return Stream.iterate(date.withDayOfMonth(1), month -> month.plusMonths(1))
        .map(month -> month.with(TemporalAdjusters.lastInMonth(DayOfWeek.TUESDAY)))
        .filter(expiry -> !expiry.isBefore(date))
        .limit(EXPIRIES)
        .toList();
  }
}
