package dev.tapeline.market.chain;

/**
 * The figures of a chain as a whole.
 *
 * @param pain what holders of all options would get, by strike
 */
public record ChainFigures(
    PutCallRatios ratios,
    MaxPain pain,
    AtTheMoney atTheMoney,
    Skew skew,
    Exposure exposure,
    VolatilityRank rank) {

  /**
   * The figures of a chain whose strikes are computed.
   *
   * @param near how many strikes on each side of the money count as near
   * @param rank where the volatility of the underlying stands among those of earlier days
   */
  public static ChainFigures of(OptionChain chain, int near, VolatilityRank rank) {
    Smile smile = Smile.of(chain);
    AtTheMoney money = AtTheMoney.of(chain, smile);
    return new ChainFigures(
        PutCallRatios.of(chain.strikes(), money.index(), near),
        MaxPain.of(chain.strikes(), chain.forward().value()),
        money,
        Skew.of(chain, smile, money.volatility()),
        Exposure.of(chain),
        rank);
  }
}
