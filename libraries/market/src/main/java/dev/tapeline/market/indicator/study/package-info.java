/** Which indicators are wanted of a market, and their values as its bars form and close. */
@NullMarked
package dev.tapeline.market.indicator.study;

import org.jspecify.annotations.NullMarked;
