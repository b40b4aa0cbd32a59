/** What the gateway tells administrators about itself. */
@NullMarked
package dev.tapeline.gateway.report;

import org.jspecify.annotations.NullMarked;
