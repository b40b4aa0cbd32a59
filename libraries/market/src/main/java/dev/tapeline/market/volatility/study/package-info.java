/** Emits the volatility indices of a market. */
@NullMarked
package dev.tapeline.market.volatility.study;

import org.jspecify.annotations.NullMarked;
