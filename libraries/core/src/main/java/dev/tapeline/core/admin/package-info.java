/** What the gateway tells administrators about itself. */
@NullMarked
package dev.tapeline.core.admin;

import org.jspecify.annotations.NullMarked;
