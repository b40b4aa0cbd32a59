/** DhanHQ v2 from a simulated market: its sockets to the byte, and its REST. */
@NullMarked
package dev.tapeline.simulate.dhan;

import org.jspecify.annotations.NullMarked;
