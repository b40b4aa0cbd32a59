/**
 * Every decoder of what others send, against inputs that nobody wrote. {@link
 * dev.tapeline.fuzz.Decoder} says how to add one.
 */
@NullMarked
package dev.tapeline.fuzz;

import org.jspecify.annotations.NullMarked;
