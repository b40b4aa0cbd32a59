/** Where Redis is and as whom to log in: the settings, and the URLs that users write. */
@NullMarked
package dev.tapeline.redis.address;

import org.jspecify.annotations.NullMarked;
