/** Who may do what: roles, their rules, keys, and the file that lists them. */
@NullMarked
package dev.tapeline.access.policy;

import org.jspecify.annotations.NullMarked;
