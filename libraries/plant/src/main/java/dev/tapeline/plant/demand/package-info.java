/** What clients want of the sources: counted over all nodes, released a while after the last. */
@NullMarked
package dev.tapeline.plant.demand;

import org.jspecify.annotations.NullMarked;
