/** The simulated market as the vendors' servers see it. */
@NullMarked
package dev.tapeline.simulate.market;

import org.jspecify.annotations.NullMarked;
