package dev.tapeline.market.volatility;

import java.time.LocalDate;

/** One of the two expiries of a volatility index, and what its options say. */
public record IndexTerm(LocalDate expiry, ExpiryVariance variance) {}
