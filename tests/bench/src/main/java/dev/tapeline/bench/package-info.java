/**
 * The load tool: publishes through the bus, holds subscribers, and reports what reached them and
 * when. Each command has a package; below the commands stand {@code load}, {@code server}, {@code
 * subscriber}, {@code client}, {@code host} and {@code cli}, each of which uses only those after
 * it.
 */
@NullMarked
package dev.tapeline.bench;

import org.jspecify.annotations.NullMarked;
