/**
 * Routing of connections by their first request: to a protocol, to the REST server, or to a
 * refusal.
 */
@NullMarked
package dev.tapeline.gateway.listen.route;

import org.jspecify.annotations.NullMarked;
