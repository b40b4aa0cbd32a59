/**
 * What publishers sent and clients saw, and the laws that it has to obey. Pure: no I/O, no clock.
 */
@NullMarked
package dev.tapeline.chaos.history;

import org.jspecify.annotations.NullMarked;
