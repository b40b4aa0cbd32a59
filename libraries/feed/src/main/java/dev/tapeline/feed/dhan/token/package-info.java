/** Access tokens of Dhan: how long they last, renewing and minting them. */
@NullMarked
package dev.tapeline.feed.dhan.token;

import org.jspecify.annotations.NullMarked;
