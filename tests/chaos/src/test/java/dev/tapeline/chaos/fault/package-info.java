@NullMarked
package dev.tapeline.chaos.fault;

import org.jspecify.annotations.NullMarked;
