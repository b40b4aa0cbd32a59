/** The history in a QuestDB server: lines over HTTP in, queries over HTTP out. */
@NullMarked
package dev.tapeline.store.history.questdb;

import org.jspecify.annotations.NullMarked;
