/**
 * The command {@code jmh}, and the samples that JMH benchmarks share; the benchmarks are in the
 * packages of the code that they measure.
 */
@NullMarked
package dev.tapeline.bench.jmh;

import org.jspecify.annotations.NullMarked;
