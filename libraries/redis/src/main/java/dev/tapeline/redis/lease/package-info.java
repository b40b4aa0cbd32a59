/**
 * Leases, the nodes that hold them, and the adoption of plain messages. Their scripts lie beside
 * this package: {@code lease.lua} and {@code nodes.lua}.
 */
@NullMarked
package dev.tapeline.redis.lease;

import org.jspecify.annotations.NullMarked;
