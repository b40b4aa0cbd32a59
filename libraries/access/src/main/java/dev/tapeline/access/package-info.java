/** Who may do what: tokens and keys tell who a client is, rules what its role may do. */
@NullMarked
package dev.tapeline.access;

import org.jspecify.annotations.NullMarked;
