/** The calculators of the command line: CSV in, CSV out. */
@NullMarked
package dev.tapeline.server.calc;

import org.jspecify.annotations.NullMarked;
