/** Prices of options on a forward, the volatility that a price implies, and the greeks. */
@NullMarked
package dev.tapeline.market.option;

import org.jspecify.annotations.NullMarked;
