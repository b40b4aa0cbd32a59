/** The YAML form of the trading calendar: the built-in file, and the user's over it. */
@NullMarked
package dev.tapeline.server.calendar;

import org.jspecify.annotations.NullMarked;
