/**
 * PostgreSQL as a child process: its programs, its data directory, its start, its end, and what it
 * leaves behind when this process is killed. Speaks no SQL.
 */
@NullMarked
package dev.tapeline.store.postgres;

import org.jspecify.annotations.NullMarked;
