/** Dhan's REST interface: its calls, its answers, and the ticks that these become. */
@NullMarked
package dev.tapeline.feed.dhan.rest;

import org.jspecify.annotations.NullMarked;
