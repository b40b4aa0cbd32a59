/**
 * Indices of the volatility that the options on one underlying imply for the next 30 days: from the
 * prices of all strikes, and from those at the money.
 */
@NullMarked
package dev.tapeline.market.volatility;

import org.jspecify.annotations.NullMarked;
