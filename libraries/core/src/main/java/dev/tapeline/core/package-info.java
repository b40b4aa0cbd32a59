/**
 * Channels, patterns, publications, and the bus that carries them. Knows no process and no network.
 */
@NullMarked
package dev.tapeline.core;

import org.jspecify.annotations.NullMarked;
