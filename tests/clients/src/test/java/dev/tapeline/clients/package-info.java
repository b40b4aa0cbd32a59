/**
 * Third-party clients, as people install them, against a real server. {@link
 * dev.tapeline.clients.NodeClient} says how to add one.
 */
@NullMarked
package dev.tapeline.clients;

import org.jspecify.annotations.NullMarked;
