/** Starts the program. */
@NullMarked
package dev.tapeline.server;

import org.jspecify.annotations.NullMarked;
