/** The running server: joins the modules. */
@NullMarked
package dev.tapeline.server.runtime;

import org.jspecify.annotations.NullMarked;
