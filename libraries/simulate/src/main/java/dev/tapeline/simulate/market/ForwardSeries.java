package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.util.List;

/**
 * Futures and perpetuals whose price is a multiple of another one, which is also what the options
 * on it are priced by, at rate 0.
 *
 * @param priceKey the key of the instrument whose price they follow
 */
public record ForwardSeries(String priceKey, List<Forward> forwards) implements Derivatives {

  /**
   * One of them.
   *
   * @param scale what the followed price is multiplied by
   * @param lot the least quantity
   */
  public record Forward(Instrument instrument, BigDecimal scale, BigDecimal lot) {}

  public ForwardSeries {
    forwards = List.copyOf(forwards);
  }

  @Override
  public boolean areIn(List<Instrument> market) {
    List<String> keys = market.stream().map(Instrument::key).toList();
    return forwards.stream().anyMatch(forward -> keys.contains(forward.instrument().key()));
  }

  @Override
  public DerivativesMarket open(long seed) {
    return new ForwardMarket(forwards, seed);
  }
}
