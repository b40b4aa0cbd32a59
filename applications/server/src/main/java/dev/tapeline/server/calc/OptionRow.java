package dev.tapeline.server.calc;

import dev.tapeline.market.option.Black76;
import dev.tapeline.market.option.Greeks;
import dev.tapeline.market.option.ImpliedVolatility;
import dev.tapeline.market.option.ImpliedVolatility.Absent;
import dev.tapeline.market.option.ImpliedVolatility.Found;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is computed of one option; what can't be computed is null.
 *
 * @param iv a year, as a fraction
 * @param reason why something is null
 */
record OptionRow(
    @Nullable Double iv, @Nullable Double price, @Nullable Greeks greeks, @Nullable String reason) {

  /** The volatility that a price implies, and the greeks under it. */
  static OptionRow ofPrice(Black76 option, double price) {
    if (!(option.strike() > 0)) {
      return new OptionRow(null, price, null, "no strike");
    }
    return switch (option.implied(price)) {
      case Found(double iv) when iv > 0 -> of(option, iv, price);
      case Found(double iv) -> new OptionRow(iv, price, null, "no time value");
      case Absent why -> new OptionRow(null, price, null, text(why));
    };
  }

  /** The price of a volatility, and the greeks. */
  static OptionRow ofVolatility(Black76 option, double iv) {
    if (!(option.strike() > 0)) {
      return new OptionRow(iv, null, null, "no strike");
    }
    if (!(option.forward() > 0)) {
      return new OptionRow(iv, null, null, text(Absent.NO_FORWARD));
    }
    if (iv < 0) {
      return new OptionRow(iv, null, null, "negative volatility");
    }
    if (option.years() <= 0) {
      Double atExpiry = option.years() == 0 ? option.price(iv) : null;
      return new OptionRow(iv, atExpiry, null, text(Absent.NO_TIME));
    }
    double price = option.price(iv);
    return iv > 0 ? of(option, iv, price) : new OptionRow(iv, price, null, "no volatility");
  }

  private static OptionRow of(Black76 option, double iv, double price) {
    Greeks greeks = option.greeks(iv);
    return Double.isFinite(greeks.gamma()) && Double.isFinite(greeks.theta())
        ? new OptionRow(iv, price, greeks, null)
        : new OptionRow(iv, price, null, "out of range");
  }

  private static String text(ImpliedVolatility.Absent why) {
    return why.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
