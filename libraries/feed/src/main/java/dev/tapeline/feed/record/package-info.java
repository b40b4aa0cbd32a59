/**
 * Recordings of what arrives from vendors: the file format, the recorder that writes it beside a
 * live feed, and the reader. {@code docs/recordings.md} describes the format.
 */
@NullMarked
package dev.tapeline.feed.record;

import org.jspecify.annotations.NullMarked;
