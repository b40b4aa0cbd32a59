/** What a gateway counts, and shows as metrics. */
@NullMarked
package dev.tapeline.gateway.meters;

import org.jspecify.annotations.NullMarked;
