/**
 * The bytes that clients get: how publications are written for a protocol and put on the wire, and
 * the memory that they are shared from.
 */
@NullMarked
package dev.tapeline.hub.frame;

import org.jspecify.annotations.NullMarked;
