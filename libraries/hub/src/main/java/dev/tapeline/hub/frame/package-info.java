/**
 * The bytes that clients get: messages as parts, how they are put on the wire, and the memory that
 * they are shared from.
 */
@NullMarked
package dev.tapeline.hub.frame;

import org.jspecify.annotations.NullMarked;
