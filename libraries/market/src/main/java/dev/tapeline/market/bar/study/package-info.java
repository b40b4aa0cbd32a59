/** The study that makes bars: of trades and index values, by the sessions of each market. */
@NullMarked
package dev.tapeline.market.bar.study;

import org.jspecify.annotations.NullMarked;
