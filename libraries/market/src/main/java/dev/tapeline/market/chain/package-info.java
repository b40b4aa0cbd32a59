/**
 * The figures of option chains: what the options of one expiry say together. A number that is not
 * known is NaN in this package, and a {@link dev.tapeline.market.chain.NoFigure} beside it says
 * why; on the wire it is left out.
 */
@NullMarked
package dev.tapeline.market.chain;

import org.jspecify.annotations.NullMarked;
