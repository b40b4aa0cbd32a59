/**
 * Accepting connections: what is listened on, how many connections are taken and how fast, and who
 * is at the other end.
 */
@NullMarked
package dev.tapeline.gateway.listen.accept;

import org.jspecify.annotations.NullMarked;
