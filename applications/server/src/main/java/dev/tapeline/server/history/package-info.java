/** The history of this node: what records it, where it is kept, and how it is read. */
@NullMarked
package dev.tapeline.server.history;

import org.jspecify.annotations.NullMarked;
