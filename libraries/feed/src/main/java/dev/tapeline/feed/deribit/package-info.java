/**
 * Deribit's public market data: its JSON to ticks, its lists to instruments, and the conversation.
 */
@NullMarked
package dev.tapeline.feed.deribit;

import org.jspecify.annotations.NullMarked;
