/**
 * The logs of durable channels: calls of the Lua library, which lies beside this package as {@code
 * base.lua} to {@code functions.lua}; {@code LogSource} lists the parts in their order.
 */
@NullMarked
package dev.tapeline.redis.log;

import org.jspecify.annotations.NullMarked;
