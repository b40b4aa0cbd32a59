/**
 * The load tool: publishes through the bus, holds subscribers, and reports what reached them and
 * when.
 */
@NullMarked
package dev.tapeline.bench;

import org.jspecify.annotations.NullMarked;
