/** The latest values of each instrument. */
@NullMarked
package dev.tapeline.market.board;

import org.jspecify.annotations.NullMarked;
