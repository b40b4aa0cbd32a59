/** Joins the modules to a running server. */
@NullMarked
package dev.tapeline.server.compose;

import org.jspecify.annotations.NullMarked;
