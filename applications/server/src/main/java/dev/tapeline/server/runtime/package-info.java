/** Joins the modules to a running server. */
@NullMarked
package dev.tapeline.server.runtime;

import org.jspecify.annotations.NullMarked;
