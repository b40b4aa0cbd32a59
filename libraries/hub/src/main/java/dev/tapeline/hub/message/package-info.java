/** The messages of a channel, and what is computed from several of them: bars, books, changes. */
@NullMarked
package dev.tapeline.hub.message;

import org.jspecify.annotations.NullMarked;
