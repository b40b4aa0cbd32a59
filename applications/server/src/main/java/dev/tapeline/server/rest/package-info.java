/** The REST API, health, metrics and the web pages. */
@NullMarked
package dev.tapeline.server.rest;

import org.jspecify.annotations.NullMarked;
