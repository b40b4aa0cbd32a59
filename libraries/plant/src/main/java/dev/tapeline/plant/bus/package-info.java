/** The bus of a node, shared by its gateway and its sources. */
@NullMarked
package dev.tapeline.plant.bus;

import org.jspecify.annotations.NullMarked;
