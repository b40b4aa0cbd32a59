/** The process's own threads, and what happens when one dies. */
@NullMarked
package dev.tapeline.server.thread;

import org.jspecify.annotations.NullMarked;
