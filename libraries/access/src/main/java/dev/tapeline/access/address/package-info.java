/** The addresses, hosts and origins of clients. */
@NullMarked
package dev.tapeline.access.address;

import org.jspecify.annotations.NullMarked;
