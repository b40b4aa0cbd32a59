/**
 * All settings of the server: the list of them, their sources and their checks. The settings of
 * each part are in {@code part}, what a declaration consists of is in {@code declaration}; neither
 * uses this package.
 */
@NullMarked
package dev.tapeline.server.settings;

import org.jspecify.annotations.NullMarked;
