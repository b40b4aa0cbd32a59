/** The settings: what they are, where they come from, and what is allowed. */
@NullMarked
package dev.tapeline.server.settings;

import org.jspecify.annotations.NullMarked;
