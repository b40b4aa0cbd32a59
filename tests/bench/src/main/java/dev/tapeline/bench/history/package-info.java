/** What the history's store takes and gives. */
@NullMarked
package dev.tapeline.bench.history;

import org.jspecify.annotations.NullMarked;
