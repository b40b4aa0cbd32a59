package dev.tapeline.market.volatility;

/** A strike and the price that the sum of a variance takes for it. */
record PricedStrike(double strike, double price) {}
