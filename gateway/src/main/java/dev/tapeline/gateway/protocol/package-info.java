/**
 * Wire protocols: each turns a client's messages into subscriptions, and publications into frames.
 */
@NullMarked
package dev.tapeline.gateway.protocol;

import org.jspecify.annotations.NullMarked;
