/**
 * The protocols of exchange front ends: {@code method} verbs on stream names. On Binance's paths
 * the verbs are answered as Binance does; front ends of the {@code trade@MARKET} family get no
 * answers.
 */
@NullMarked
package dev.tapeline.protocols.exchange;

import org.jspecify.annotations.NullMarked;
