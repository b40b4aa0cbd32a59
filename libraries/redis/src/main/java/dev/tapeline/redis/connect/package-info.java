/** Makes the connector for what the settings name. The only package that sees every topology. */
@NullMarked
package dev.tapeline.redis.connect;

import org.jspecify.annotations.NullMarked;
