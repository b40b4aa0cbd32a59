/** The administration of a node's clients and channels. */
@NullMarked
package dev.tapeline.gateway.admin;

import org.jspecify.annotations.NullMarked;
