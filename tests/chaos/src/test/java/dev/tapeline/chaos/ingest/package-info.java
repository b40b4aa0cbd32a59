@NullMarked
package dev.tapeline.chaos.ingest;

import org.jspecify.annotations.NullMarked;
