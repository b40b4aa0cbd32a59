/**
 * The protocols of exchange front ends: {@code method} verbs on stream names, with Binance's
 * answers on its paths, and with none for the front ends of the {@code trade@MARKET} family.
 */
@NullMarked
package dev.tapeline.protocols.exchange;

import org.jspecify.annotations.NullMarked;
