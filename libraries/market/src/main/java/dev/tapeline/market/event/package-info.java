/** What a market tells, and the studies that turn ticks and time into it. */
@NullMarked
package dev.tapeline.market.event;

import org.jspecify.annotations.NullMarked;
