/** The counters of a gateway, and their metrics. */
@NullMarked
package dev.tapeline.gateway.meters;

import org.jspecify.annotations.NullMarked;
