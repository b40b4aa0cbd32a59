/** The reports and operations of a gateway for administrators. */
@NullMarked
package dev.tapeline.core.admin;

import org.jspecify.annotations.NullMarked;
