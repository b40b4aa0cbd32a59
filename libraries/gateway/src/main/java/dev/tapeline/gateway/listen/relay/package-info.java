/** The relay of requests to the REST server. */
@NullMarked
package dev.tapeline.gateway.listen.relay;

import org.jspecify.annotations.NullMarked;
