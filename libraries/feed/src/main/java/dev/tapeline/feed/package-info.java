/** What a source of market data is to the rest of the system. One package below for each source. */
@NullMarked
package dev.tapeline.feed;

import org.jspecify.annotations.NullMarked;
