package dev.tapeline.feed.dhan.master;

/** What becomes of a row: it is taken, or it is dropped for a reason. */
sealed interface RowOutcome permits MasterRow, DropReason {}
