/** The machine under the load tool: the memory in use, and waiting for time to pass. */
@NullMarked
package dev.tapeline.bench.host;

import org.jspecify.annotations.NullMarked;
