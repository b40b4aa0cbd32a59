/**
 * The gateway as a whole: its configuration, and its ports, lanes and hub, put together. The
 * packages below it accept connections, look after clients, and show both to administrators and
 * meters.
 */
@NullMarked
package dev.tapeline.gateway;

import org.jspecify.annotations.NullMarked;
