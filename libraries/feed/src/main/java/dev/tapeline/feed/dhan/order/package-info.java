/** The states of the account's own orders, as Dhan tells them on a socket of their own. */
@NullMarked
package dev.tapeline.feed.dhan.order;

import org.jspecify.annotations.NullMarked;
