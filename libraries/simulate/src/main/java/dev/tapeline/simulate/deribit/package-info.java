/** Deribit's public JSON-RPC, by socket and by REST, from a simulated market. */
@NullMarked
package dev.tapeline.simulate.deribit;

import org.jspecify.annotations.NullMarked;
