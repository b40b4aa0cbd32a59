/**
 * The database of a node: which server it is, its pool of connections, its migrations, and whether
 * it is up. The embedded server and one by URL are used alike.
 */
@NullMarked
package dev.tapeline.store.database;

import org.jspecify.annotations.NullMarked;
