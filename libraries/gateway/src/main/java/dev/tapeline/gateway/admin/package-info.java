/** What an administrator sees of a node's clients and channels, and may do to them. */
@NullMarked
package dev.tapeline.gateway.admin;

import org.jspecify.annotations.NullMarked;
