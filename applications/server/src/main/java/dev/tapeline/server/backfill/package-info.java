/** Fetches the bars that live series lack from the vendors' own history. */
@NullMarked
package dev.tapeline.server.backfill;

import org.jspecify.annotations.NullMarked;
