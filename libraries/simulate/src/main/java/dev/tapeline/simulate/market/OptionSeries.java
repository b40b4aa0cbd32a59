package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The options on one underlying, and how they are priced.
 *
 * @param priceKey the key of the instrument whose price the options follow
 * @param underlying the symbol that the options name
 * @param scale what the followed price is multiplied by
 * @param names writes symbols and security ids
 * @param expiryTime when they expire on their dates, in the zone
 * @param around the price of the underlying around which the strikes lie
 * @param step between two strikes
 * @param strikes the number of strikes, half of them above the money
 * @param tick the step of their prices
 * @param coin whether prices are in units of the underlying
 * @param volatility at the money, as a fraction a year
 */
public record OptionSeries(
    String priceKey,
    String underlying,
    BigDecimal scale,
    Names names,
    List<LocalDate> expiries,
    LocalTime expiryTime,
    ZoneId zone,
    BigDecimal around,
    BigDecimal step,
    int strikes,
    BigDecimal tick,
    BigDecimal lot,
    boolean coin,
    double volatility)
    implements Derivatives {

  public OptionSeries {
    expiries = List.copyOf(expiries);
  }

  /** Writes the names of options. */
  public interface Names {

    /** The names of the option with this number in its series. */
    Reference reference(
        int number, LocalDate expiry, BigDecimal strike, boolean call, BigDecimal tick);
  }

  @Override
  public boolean areIn(List<Instrument> market) {
    return market.stream()
        .anyMatch(one ->
            one instanceof Instrument.Option option && option.underlying().equals(underlying));
  }

  @Override
  public DerivativesMarket open(long seed) {
    return new OptionMarket(this, seed);
  }

  /** The options, by expiry, strike and right. */
  List<Instrument.Option> options() {
    List<Instrument.Option> options = new ArrayList<>();
    BigDecimal atTheMoney = around.divide(step, 0, RoundingMode.HALF_UP).multiply(step);
    for (LocalDate expiry : expiries) {
      for (int i = -(strikes / 2); i <= strikes / 2; i++) {
        BigDecimal strike = atTheMoney.add(step.multiply(BigDecimal.valueOf(i)));
        if (strike.signum() > 0) {
          options.add(option(options.size(), expiry, strike, Instrument.Right.CALL));
          options.add(option(options.size(), expiry, strike, Instrument.Right.PUT));
        }
      }
    }
    return options;
  }

  private Instrument.Option option(
      int number, LocalDate expiry, BigDecimal strike, Instrument.Right right) {
    Reference reference =
        names.reference(number, expiry, strike, right == Instrument.Right.CALL, tick);
    return new Instrument.Option(reference, underlying, expiry, strike, right, lot);
  }

  /** The years from a time to the expiry on a date; never less than a minute. */
  double years(LocalDate expiry, long now) {
    Instant end = expiry.atTime(expiryTime).atZone(zone).toInstant();
    return Math.max(60_000, end.toEpochMilli() - now) / (365.0 * 24 * 3_600_000);
  }
}
