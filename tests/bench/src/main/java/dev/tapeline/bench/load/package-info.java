/**
 * The load run, which is what the tool does without a command: its options, its schedule, its
 * publisher and its report.
 */
@NullMarked
package dev.tapeline.bench.load;

import org.jspecify.annotations.NullMarked;
