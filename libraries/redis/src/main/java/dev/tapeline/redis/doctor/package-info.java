/** What the {@code doctor} command looks at in Redis. */
@NullMarked
package dev.tapeline.redis.doctor;

import org.jspecify.annotations.NullMarked;
