/** The trading calendar: phases, sessions and last trades by exchange and class of market. */
@NullMarked
package dev.tapeline.market.session;

import org.jspecify.annotations.NullMarked;
