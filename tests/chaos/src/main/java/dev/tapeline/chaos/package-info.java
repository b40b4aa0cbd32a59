/** Faults on real processes, and what became of the publications meanwhile. */
@NullMarked
package dev.tapeline.chaos;

import org.jspecify.annotations.NullMarked;
