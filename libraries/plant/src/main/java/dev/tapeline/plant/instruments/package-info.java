/** The registry of instruments, shared by the nodes of a system. */
@NullMarked
package dev.tapeline.plant.instruments;

import org.jspecify.annotations.NullMarked;
