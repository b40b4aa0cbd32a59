/** The simulated market as the vendors' servers see it: what is traded, and its latest figures. */
@NullMarked
package dev.tapeline.simulate.market;

import org.jspecify.annotations.NullMarked;
