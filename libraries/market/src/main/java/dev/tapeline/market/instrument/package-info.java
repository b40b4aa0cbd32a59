/** The instruments by kind, and the registry of those that an instance knows. */
@NullMarked
package dev.tapeline.market.instrument;

import org.jspecify.annotations.NullMarked;
