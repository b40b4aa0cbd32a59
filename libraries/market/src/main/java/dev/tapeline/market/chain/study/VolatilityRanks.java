package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.VolatilityRank;

/** Tells where the volatility of an underlying stands among those of earlier days. */
@FunctionalInterface
public interface VolatilityRanks {

  /** Nothing is known of earlier days. */
  VolatilityRanks NONE = _ -> VolatilityRank.NO_HISTORY;

  /** The rank of an underlying now. Asked on the market's thread for each chain that is told. */
  VolatilityRank of(String underlying);
}
