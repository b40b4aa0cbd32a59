/**
 * Technical indicators over the bars of one series, and the texts that name them. The formulas, the
 * first bar that each is defined at and the sources of the definitions are in {@code
 * docs/indicators.md}.
 */
@NullMarked
package dev.tapeline.market.indicator;

import org.jspecify.annotations.NullMarked;
