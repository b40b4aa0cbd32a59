/** The native protocol: {@code action} verbs, and the older {@code type} form. */
@NullMarked
package dev.tapeline.gateway.protocol.action;

import org.jspecify.annotations.NullMarked;
