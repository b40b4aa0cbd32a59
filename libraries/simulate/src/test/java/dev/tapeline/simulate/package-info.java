/** A client of the simulators, and a scripted market, for their tests. */
@NullMarked
package dev.tapeline.simulate;

import org.jspecify.annotations.NullMarked;
