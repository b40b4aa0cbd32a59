/** The native protocol: {@code action} verbs, and the older {@code type} form. */
@NullMarked
package dev.tapeline.protocols.action;

import org.jspecify.annotations.NullMarked;
