/** The file of Dhan's instrument master: fetched each day, checked, and kept in a folder. */
@NullMarked
package dev.tapeline.feed.dhan.master.file;

import org.jspecify.annotations.NullMarked;
