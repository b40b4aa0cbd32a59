/**
 * The interface between sources of market data and the system. One package below for each source.
 */
@NullMarked
package dev.tapeline.feed;

import org.jspecify.annotations.NullMarked;
