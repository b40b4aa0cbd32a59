@NullMarked
package dev.tapeline.chaos.history;

import org.jspecify.annotations.NullMarked;
