/** Sources: which node runs which, what its feed sends, and how each of them is. */
@NullMarked
package dev.tapeline.plant.supply;

import org.jspecify.annotations.NullMarked;
