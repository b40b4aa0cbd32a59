/** The audit log, and rates that nobody may exceed. */
@NullMarked
package dev.tapeline.access.audit;

import org.jspecify.annotations.NullMarked;
