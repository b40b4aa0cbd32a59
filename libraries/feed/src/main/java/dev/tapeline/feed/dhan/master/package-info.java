/**
 * Dhan's instrument master: its rows read, given their symbols, and searched in memory; and a
 * generated one for the demo and tests.
 */
@NullMarked
package dev.tapeline.feed.dhan.master;

import org.jspecify.annotations.NullMarked;
