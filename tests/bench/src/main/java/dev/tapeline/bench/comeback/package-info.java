/**
 * The command {@code comeback}: subscribers lose their connections at once and come back at once.
 */
@NullMarked
package dev.tapeline.bench.comeback;

import org.jspecify.annotations.NullMarked;
