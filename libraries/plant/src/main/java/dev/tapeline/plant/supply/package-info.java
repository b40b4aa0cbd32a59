/** The sources: the leases by which nodes run them, their feeds, and their states. */
@NullMarked
package dev.tapeline.plant.supply;

import org.jspecify.annotations.NullMarked;
