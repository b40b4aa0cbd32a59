/** What the gateway must know of JSON to check it, and to tell what has changed in it. */
@NullMarked
package dev.tapeline.gateway.json;

import org.jspecify.annotations.NullMarked;
