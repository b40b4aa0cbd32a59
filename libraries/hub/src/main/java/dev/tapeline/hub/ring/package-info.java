/** What the readers of a channel share: its newest messages, encoded once for each envelope. */
@NullMarked
package dev.tapeline.hub.ring;

import org.jspecify.annotations.NullMarked;
