/** Threads whose failures reach the uncaught exception handler. */
@NullMarked
package dev.tapeline.core.thread;

import org.jspecify.annotations.NullMarked;
