/** The ports of {@code core} within one process, in memory: bus, log, cache, leases and nodes. */
@NullMarked
package dev.tapeline.embedded;

import org.jspecify.annotations.NullMarked;
