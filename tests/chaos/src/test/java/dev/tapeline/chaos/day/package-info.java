/** A day of faults, whole or short. */
@NullMarked
package dev.tapeline.chaos.day;

import org.jspecify.annotations.NullMarked;
