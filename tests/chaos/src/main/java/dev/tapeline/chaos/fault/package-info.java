/** Processes and links that can be killed, frozen, cut and slowed, and the schedules that do so. */
@NullMarked
package dev.tapeline.chaos.fault;

import org.jspecify.annotations.NullMarked;
