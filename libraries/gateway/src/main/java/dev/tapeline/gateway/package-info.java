/** The gateway: its listener, connections and limits. The hub and the protocols lie below it. */
@NullMarked
package dev.tapeline.gateway;

import org.jspecify.annotations.NullMarked;
