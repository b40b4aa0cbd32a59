/** JMH benchmarks of the hot paths; those of package-private code are in that code's packages. */
@NullMarked
package dev.tapeline.bench.jmh;

import org.jspecify.annotations.NullMarked;
