/**
 * Requests for subscriptions: each waits until the bus delivers and what was missed has been read,
 * and is then answered as a whole.
 */
@NullMarked
package dev.tapeline.hub.request;

import org.jspecify.annotations.NullMarked;
