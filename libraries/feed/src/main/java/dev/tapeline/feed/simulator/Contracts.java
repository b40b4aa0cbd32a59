package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * The futures and options as instruments. The security id of a contract follows from its terms, so
 * that it is the same in every run and on every date.
 */
final class Contracts {

  static final String SEGMENT = "NSE_FNO";

  /** Strikes on either side of the one at the money. */
  static final int STRIKES_ASIDE = 20;

  /** The step of their prices. */
  static final double TICK_SIZE = 0.05;

  private static final BigDecimal TICK = new BigDecimal("0.05");

  // A week has room for four underlyings with as many strikes each, as calls and as puts.
  private static final long FIRST_ID = 70_000;
  private static final LocalDate FIRST_WEEK = LocalDate.of(2020, 1, 6);
  private static final long UNDERLYINGS = Underlying.values().length;
  private static final long MOST_STRIKES = 2048;

  /** A year, compounded continuously. */
  static final double INTEREST_RATE = 0.065;

  private Contracts() {}

  /** What 1 grows to in so many years; 1 after the expiry. */
  static double growth(double years) {
    return StrictMath.exp(INTEREST_RATE * Math.max(0, years));
  }

  static Instrument.Future future(Underlying underlying, LocalDate expiry) {
    Reference reference =
        reference(
            String.join("-", underlying.name(), inSymbol(expiry), "FUT"),
            id(underlying, expiry, 0, Right.CALL),
            String.join(" ", underlying.name(), inName(expiry), "Future"));
    return new Instrument.Future(reference, underlying.name(), expiry, underlying.lot());
  }

  /** The option whose strike is this many steps. */
  static Instrument.Option option(
      Underlying underlying, LocalDate expiry, long steps, Right right) {
    String name = underlying.name();
    String strike = Long.toString(steps * underlying.strikeStep());
    boolean isCall = right == Right.CALL;
    Reference reference =
        reference(
            String.join("-", name, inSymbol(expiry), strike, isCall ? "CE" : "PE"),
            id(underlying, expiry, steps, right),
            String.join(" ", name, inName(expiry), strike, isCall ? "Call" : "Put"));
    return new Instrument.Option(
        reference, name, expiry, new BigDecimal(strike), right, underlying.lot());
  }

  /** The strikes, in steps, that are listed while the underlying is at the price. */
  static LongStream strikes(Underlying underlying, double price) {
    long money = Math.round(price / underlying.strikeStep());
    long middle = Math.clamp(money, STRIKES_ASIDE + 1, MOST_STRIKES - STRIKES_ASIDE - 1);
    return LongStream.rangeClosed(middle - STRIKES_ASIDE, middle + STRIKES_ASIDE);
  }

  /** A number of its own for each contract; those of futures are that of a strike of 0. */
  private static long id(Underlying underlying, LocalDate expiry, long steps, Right right) {
    long week = Math.floorDiv(ChronoUnit.DAYS.between(FIRST_WEEK, expiry), 7);
    long strike = (week * UNDERLYINGS + underlying.number()) * MOST_STRIKES + steps;
    return FIRST_ID + 2 * strike + (right == Right.CALL ? 0 : 1);
  }

  private static Reference reference(String symbol, long id, String name) {
    return new Reference(symbol, SEGMENT, Long.toString(id), name, TICK);
  }

  private static String inSymbol(LocalDate expiry) {
    return expiry.toString().replace("-", "");
  }

  /** As in {@code 29 Dec 2026}; without a formatter, as those take long to load. */
  private static String inName(LocalDate expiry) {
    String month = expiry.getMonth().name();
    return String.join(
        " ",
        expiry.toString().substring(8),
        month.substring(0, 1).concat(month.substring(1, 3).toLowerCase(Locale.ROOT)),
        Integer.toString(expiry.getYear()));
  }
}
