/** The server under load: a gateway in this process, or one that runs already. */
@NullMarked
package dev.tapeline.bench.server;

import org.jspecify.annotations.NullMarked;
