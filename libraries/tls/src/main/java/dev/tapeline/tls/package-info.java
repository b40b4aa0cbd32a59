/** TLS: the certificate and its key in files, followed when they change, and who speaks it. */
@NullMarked
package dev.tapeline.tls;

import org.jspecify.annotations.NullMarked;
