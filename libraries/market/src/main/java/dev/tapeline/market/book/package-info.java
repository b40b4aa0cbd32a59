/** Order books, built from snapshots and changes. */
@NullMarked
package dev.tapeline.market.book;

import org.jspecify.annotations.NullMarked;
