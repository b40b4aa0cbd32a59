/** HTTP/1.1 as far as the gateway reads it: the heads of requests and the ends of bodies. */
@NullMarked
package dev.tapeline.gateway.listen.http;

import org.jspecify.annotations.NullMarked;
