/** Made-up packets of Dhan, ready in memory. */
@NullMarked
package dev.tapeline.bench.dhan;

import org.jspecify.annotations.NullMarked;
