/** Where the program begins. */
@NullMarked
package dev.tapeline.server;

import org.jspecify.annotations.NullMarked;
