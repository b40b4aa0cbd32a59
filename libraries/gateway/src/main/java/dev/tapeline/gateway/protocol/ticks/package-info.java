/** Every tick, without a subscription. */
@NullMarked
package dev.tapeline.gateway.protocol.ticks;

import org.jspecify.annotations.NullMarked;
