package dev.tapeline.market.instrument;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Something that has a price. Two instruments are equal if all their properties are.
 *
 * <p>Expiry dates are those of the exchange, in its time zone.
 */
public sealed interface Instrument {

  /** The names and ids of the instrument. */
  Reference reference();

  /**
   * The kind of the instrument, as users read it: {@code index}, {@code share}, {@code future} and
   * so on.
   */
  String type();

  /** The symbol, unique in an instance; it is the last part of the names of its channels. */
  default String symbol() {
    return reference().symbol();
  }

  /** The exchange segment. */
  default String segment() {
    return reference().segment();
  }

  /** The vendor's number or name for it within its segment. */
  default String securityId() {
    return reference().securityId();
  }

  /** The name for people. */
  default String name() {
    return reference().name();
  }

  /** The step between two prices; 0 where the vendor does not send it. */
  default BigDecimal tickSize() {
    return reference().tickSize();
  }

  /** Segment and security id, as in {@code NSE_EQ:1333}. */
  default String key() {
    return reference().key();
  }

  /** A value that is computed, and not traded itself. */
  record Index(Reference reference) implements Instrument {

    @Override
    public String type() {
      return "index";
    }
  }

  /** A share of a company, or of a fund. */
  record Share(Reference reference) implements Instrument {

    @Override
    public String type() {
      return "share";
    }
  }

  /** One thing priced in another, such as BTCUSDT. */
  record Pair(Reference reference) implements Instrument {

    @Override
    public String type() {
      return "pair";
    }
  }

  /**
   * A future.
   *
   * @param underlying the symbol of the instrument that it delivers or settles against
   * @param lot the quantity of the underlying in one contract
   */
  record Future(Reference reference, String underlying, LocalDate expiry, BigDecimal lot)
      implements Instrument {

    public Future {
      Reference.check("underlying", underlying);
      checkLot(reference, lot);
    }

    @Override
    public String type() {
      return "future";
    }
  }

  /**
   * An option.
   *
   * @param underlying the symbol of the instrument that it can be exercised into or settles against
   * @param lot the quantity of the underlying in one contract
   */
  record Option(
      Reference reference,
      String underlying,
      LocalDate expiry,
      BigDecimal strike,
      Right right,
      BigDecimal lot)
      implements Instrument {

    public Option {
      Reference.check("underlying", underlying);
      checkLot(reference, lot);
      if (strike.signum() <= 0) {
        throw new IllegalArgumentException(
            "the strike of %s is %s; it must be above 0".formatted(reference.symbol(), strike));
      }
    }

    @Override
    public String type() {
      return "option";
    }
  }

  /** The right of an option's holder. */
  enum Right {
    /** To buy. */
    CALL,
    /** To sell. */
    PUT
  }

  private static void checkLot(Reference reference, BigDecimal lot) {
    if (lot.signum() <= 0) {
      throw new IllegalArgumentException(
          "the lot of %s is %s; it must be above 0".formatted(reference.symbol(), lot));
    }
  }

  /** A pair that Binance trades: its symbol is also its security id and its name. */
  static Pair binance(String symbol) {
    return new Pair(new Reference(symbol, "BINANCE", symbol, symbol, BigDecimal.ZERO));
  }
}
