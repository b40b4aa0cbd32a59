/** Keeps the option chains of a market, and tells of those that somebody wants. */
@NullMarked
package dev.tapeline.market.chain.study;

import org.jspecify.annotations.NullMarked;
