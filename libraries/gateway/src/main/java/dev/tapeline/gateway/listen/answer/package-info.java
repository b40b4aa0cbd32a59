/**
 * The answers that the gateway itself gives to HTTP requests: refusals, preflights, and the heads
 * of event streams.
 */
@NullMarked
package dev.tapeline.gateway.listen.answer;

import org.jspecify.annotations.NullMarked;
