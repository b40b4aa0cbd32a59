/** The command {@code rush}: clients with channels of their own come at once and leave at once. */
@NullMarked
package dev.tapeline.bench.rush;

import org.jspecify.annotations.NullMarked;
