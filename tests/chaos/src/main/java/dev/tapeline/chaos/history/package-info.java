/**
 * The record of what publishers sent and clients saw, and the laws that it must obey. Pure: no I/O,
 * no clock.
 */
@NullMarked
package dev.tapeline.chaos.history;

import org.jspecify.annotations.NullMarked;
