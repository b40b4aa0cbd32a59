/** HTTP: the door, who calls and how often, bodies and problems. */
@NullMarked
package dev.tapeline.rest.http;

import org.jspecify.annotations.NullMarked;
