package dev.tapeline.market.volatility;

import dev.tapeline.market.chain.ExpiryQuotes;

/**
 * The quotes of one expiry as its chain has told them.
 *
 * @param isStale whether the chain was stale then
 */
public record IndexInput(ExpiryQuotes quotes, boolean isStale) {

  Maturity maturity() {
    return new Maturity(quotes.key().expiry(), IndexQuotes.of(this, false).minutes());
  }

  ForwardVolatility atTheMoney() {
    return ForwardVolatility.of(IndexQuotes.of(this, false));
  }
}
