/**
 * The instruments by kind, the registry of those that an instance knows, and vendors' catalogues.
 */
@NullMarked
package dev.tapeline.market.instrument;

import org.jspecify.annotations.NullMarked;
