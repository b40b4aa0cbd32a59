/**
 * The ladder for clients that do not keep up: when one is set back or given more again, and what is
 * left of what it asked for.
 */
@NullMarked
package dev.tapeline.hub.slow;

import org.jspecify.annotations.NullMarked;
