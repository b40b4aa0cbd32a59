/** The handler of uncaught exceptions. */
@NullMarked
package dev.tapeline.server.thread;

import org.jspecify.annotations.NullMarked;
