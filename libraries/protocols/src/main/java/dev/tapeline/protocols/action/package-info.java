/** The native protocol, with {@code action} verbs and in the older {@code type} form. */
@NullMarked
package dev.tapeline.protocols.action;

import org.jspecify.annotations.NullMarked;
