/** Access control: tokens and keys identify a client, rules say what its role may do. */
@NullMarked
package dev.tapeline.access;

import org.jspecify.annotations.NullMarked;
