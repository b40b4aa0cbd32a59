/** Runs schedules against a stand of real processes, and judges the records. */
@NullMarked
package dev.tapeline.chaos.run;

import org.jspecify.annotations.NullMarked;
