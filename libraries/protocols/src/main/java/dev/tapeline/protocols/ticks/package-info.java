/** The protocol that sends every tick without a subscription. */
@NullMarked
package dev.tapeline.protocols.ticks;

import org.jspecify.annotations.NullMarked;
