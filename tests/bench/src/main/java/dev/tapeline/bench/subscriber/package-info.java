/** The subscribers: their connections, what they receive, and the counts and latencies of it. */
@NullMarked
package dev.tapeline.bench.subscriber;

import org.jspecify.annotations.NullMarked;
