/** The settings: their declarations, their sources and their checks. */
@NullMarked
package dev.tapeline.server.settings;

import org.jspecify.annotations.NullMarked;
