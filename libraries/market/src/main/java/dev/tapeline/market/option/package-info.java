/** What options are worth, as pure functions of numbers. */
@NullMarked
package dev.tapeline.market.option;

import org.jspecify.annotations.NullMarked;
