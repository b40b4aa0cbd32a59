/**
 * The clients of a gateway: what one sends and may have, how long it may stay, and that it lives.
 */
@NullMarked
package dev.tapeline.gateway.client;

import org.jspecify.annotations.NullMarked;
