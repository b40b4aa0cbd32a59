/** Tokens, and the keys that they are checked with. */
@NullMarked
package dev.tapeline.access.token;

import org.jspecify.annotations.NullMarked;
