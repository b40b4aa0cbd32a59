/** Tables in the stream format of Apache Arrow. Loaded when the first caller asks for it. */
@NullMarked
package dev.tapeline.rest.arrow;

import org.jspecify.annotations.NullMarked;
