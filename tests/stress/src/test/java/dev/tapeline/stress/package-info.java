/** Runs the stress tests that lie beside what they stress, under {@code src/jcstress}. */
@NullMarked
package dev.tapeline.stress;

import org.jspecify.annotations.NullMarked;
