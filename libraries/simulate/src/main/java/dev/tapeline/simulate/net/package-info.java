/** The network side of a simulator: HTTP and WebSockets on one port, and the faults it can show. */
@NullMarked
package dev.tapeline.simulate.net;

import org.jspecify.annotations.NullMarked;
