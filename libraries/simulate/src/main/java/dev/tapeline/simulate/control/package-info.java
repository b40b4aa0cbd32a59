/** A running simulator, and the remote control of its faults. */
@NullMarked
package dev.tapeline.simulate.control;

import org.jspecify.annotations.NullMarked;
