/** Faults, as clients see them. */
@NullMarked
package dev.tapeline.simulate.net;

import org.jspecify.annotations.NullMarked;
