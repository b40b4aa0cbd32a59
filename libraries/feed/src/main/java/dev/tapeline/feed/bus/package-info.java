/** Market ticks that other processes publish. */
@NullMarked
package dev.tapeline.feed.bus;

import org.jspecify.annotations.NullMarked;
