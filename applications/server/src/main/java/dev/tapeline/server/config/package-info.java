/** The settings: what they are, where they come from, and what is allowed. */
@NullMarked
package dev.tapeline.server.config;

import org.jspecify.annotations.NullMarked;
