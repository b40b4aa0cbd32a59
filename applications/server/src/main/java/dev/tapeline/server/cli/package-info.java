/** The command line. */
@NullMarked
package dev.tapeline.server.cli;

import org.jspecify.annotations.NullMarked;
