/**
 * Wire protocols: each turns a client's messages into subscriptions, and publications into frames.
 * Here is what they share; each is a package of its own.
 */
@NullMarked
package dev.tapeline.protocols.spi;

import org.jspecify.annotations.NullMarked;
