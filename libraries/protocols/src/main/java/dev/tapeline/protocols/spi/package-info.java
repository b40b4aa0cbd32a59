/**
 * What the wire protocols share. Each protocol has a package of its own, and turns a client's
 * messages into subscriptions and publications into frames.
 */
@NullMarked
package dev.tapeline.protocols.spi;

import org.jspecify.annotations.NullMarked;
