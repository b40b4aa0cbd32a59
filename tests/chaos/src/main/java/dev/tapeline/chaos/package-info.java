/** Injects faults into real processes, and checks the publications meanwhile. */
@NullMarked
package dev.tapeline.chaos;

import org.jspecify.annotations.NullMarked;
