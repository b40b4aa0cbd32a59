/**
 * The ports of {@code core} on Redis. {@code docs/redis.md} lists the keys and channels.
 *
 * <p>Each package uses only packages that stand before it: {@code wire} and {@code address}; {@code
 * topology}; {@code sentinel}, {@code cluster} and {@code log}; {@code connect} and {@code
 * receive}; {@code bus} and {@code cache}; {@code lease}; {@code doctor}.
 */
@NullMarked
package dev.tapeline.redis;

import org.jspecify.annotations.NullMarked;
