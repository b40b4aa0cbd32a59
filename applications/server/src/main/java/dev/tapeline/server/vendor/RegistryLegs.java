package dev.tapeline.server.vendor;

import dev.tapeline.feed.dhan.rest.ChainLegs;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.InstrumentQuery;
import dev.tapeline.market.instrument.Instruments;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the legs of option chains among the instruments of the program, and makes them known. */
final class RegistryLegs implements ChainLegs {

  private static final List<String> SEGMENTS = List.of("NSE_FNO", "BSE_FNO", "MCX_COMM");

  private final VendorParts parts;
  private final String source;

  RegistryLegs(VendorParts parts, String source) {
    this.parts = parts;
    this.source = source;
  }

  @Override
  public @Nullable Instrument underlying(String symbol) {
    return parts.instruments().bySymbol(symbol).orElse(null);
  }

  @Override
  public @Nullable Instrument leg(
      ChainKey chain, BigDecimal strike, Instrument.Right right, @Nullable String securityId) {
    Instruments all = parts.instruments();
    Instrument found =
        Stream.concat(
                SEGMENTS.stream()
                    .filter(_ -> securityId != null)
                    .flatMap(segment -> all.byKey(segment + ":" + securityId).stream()),
                Stream.of(0).flatMap(_ -> byTerms(chain, strike, right).stream()))
            .filter(one -> isLeg(one, chain, strike, right))
            .findFirst()
            .orElse(null);
    if (found != null) {
      parts.known(source, found);
    }
    return found;
  }

  private List<Instrument> byTerms(ChainKey chain, BigDecimal strike, Instrument.Right right) {
    return parts
        .instruments()
        .search(new InstrumentQuery("", chain.underlying(), chain.expiry(), strike, right), 1);
  }

  private static boolean isLeg(
      Instrument one, ChainKey chain, BigDecimal strike, Instrument.Right right) {
    return one instanceof Instrument.Option option
        && option.underlying().equals(chain.underlying())
        && option.expiry().equals(chain.expiry())
        && option.strike().compareTo(strike) == 0
        && option.right() == right;
  }
}
