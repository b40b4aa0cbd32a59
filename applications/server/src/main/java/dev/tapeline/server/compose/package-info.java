/** The running server: joins the modules. */
@NullMarked
package dev.tapeline.server.compose;

import org.jspecify.annotations.NullMarked;
