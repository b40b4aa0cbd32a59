/** The vendors as sources of this program: what they need of its settings, calendar and lists. */
@NullMarked
package dev.tapeline.server.vendor;

import org.jspecify.annotations.NullMarked;
