/**
 * The conversation with a vendor: what arrives, what is asked for, and the state machine between
 * them. No network, no thread and no clock is in it.
 */
@NullMarked
package dev.tapeline.feed.vendor;

import org.jspecify.annotations.NullMarked;
