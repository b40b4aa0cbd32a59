/** Binance's spot streams and market data REST from a simulated market. */
@NullMarked
package dev.tapeline.simulate.binance;

import org.jspecify.annotations.NullMarked;
