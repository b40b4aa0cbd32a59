/** The clients of a gateway: their messages, limits, deadlines and signs of life. */
@NullMarked
package dev.tapeline.gateway.client;

import org.jspecify.annotations.NullMarked;
