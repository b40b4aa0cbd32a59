/** The history in PostgreSQL: a partition a day, filled by COPY. */
@NullMarked
package dev.tapeline.store.history.sql;

import org.jspecify.annotations.NullMarked;
