/** The names of the product: its channels and its cache keys, each written down here alone. */
@NullMarked
package dev.tapeline.plant.channels;

import org.jspecify.annotations.NullMarked;
