/** Recordings played back. */
@NullMarked
package dev.tapeline.feed.replay;

import org.jspecify.annotations.NullMarked;
