/** The reports that nodes publish about themselves, and the list of them. */
@NullMarked
package dev.tapeline.server.nodes;

import org.jspecify.annotations.NullMarked;
