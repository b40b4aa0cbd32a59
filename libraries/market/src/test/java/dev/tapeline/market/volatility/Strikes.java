package dev.tapeline.market.volatility;

import dev.tapeline.market.chain.ExpiryQuotes.BidAsk;
import dev.tapeline.market.chain.ExpiryQuotes.StrikeQuotes;
import dev.tapeline.market.chain.Forward;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.Black76;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the quotes of an expiry for tests. */
final class Strikes {

  static final LocalDate EXPIRY = LocalDate.of(2026, 12, 29);

  private final TreeMap<Double, StrikeQuotes> strikes = new TreeMap<>();

  Strikes put(double strike, double bid, double ask) {
    StrikeQuotes known = at(strike);
    strikes.put(strike, new StrikeQuotes(strike, known.call(), new BidAsk(bid, ask)));
    return this;
  }

  Strikes call(double strike, double bid, double ask) {
    StrikeQuotes known = at(strike);
    strikes.put(strike, new StrikeQuotes(strike, new BidAsk(bid, ask), known.put()));
    return this;
  }

  /** Adds both options of a strike at their price under a volatility, with narrow quotes. */
  Strikes priced(double strike, double volatility, double years) {
    double put = new Black76(Right.PUT, 100, strike, years, 0).price(volatility);
    double call = new Black76(Right.CALL, 100, strike, years, 0).price(volatility);
    return put(strike, put * 0.999, put * 1.001).call(strike, call * 0.999, call * 1.001);
  }

  private StrikeQuotes at(double strike) {
    return strikes.getOrDefault(strike, new StrikeQuotes(strike, BidAsk.NONE, BidAsk.NONE));
  }

  IndexQuotes expiry(double minutes, double rate, @Nullable Double forward) {
    return new IndexQuotes(
        EXPIRY,
        minutes,
        rate,
        forward,
        Forward.Source.FUTURE,
        false,
        List.copyOf(strikes.values()));
  }
}
