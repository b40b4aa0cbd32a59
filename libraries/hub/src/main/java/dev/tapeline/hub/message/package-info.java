/**
 * What a channel carries: numbered messages, and what several of them come to: a bar, a book, a
 * change.
 */
@NullMarked
package dev.tapeline.hub.message;

import org.jspecify.annotations.NullMarked;
