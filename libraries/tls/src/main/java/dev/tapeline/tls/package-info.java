/**
 * TLS: the certificate and its key, reloaded when their files change, and the handlers of
 * connections.
 */
@NullMarked
package dev.tapeline.tls;

import org.jspecify.annotations.NullMarked;
