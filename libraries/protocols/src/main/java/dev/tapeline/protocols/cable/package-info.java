/** Action Cable, the WebSocket protocol of Rails, under the name {@code actioncable-v1-json}. */
@NullMarked
package dev.tapeline.protocols.cable;

import org.jspecify.annotations.NullMarked;
