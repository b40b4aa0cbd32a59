/** The REST API, health, metrics and the pages, over HTTP. */
@NullMarked
package dev.tapeline.rest;

import org.jspecify.annotations.NullMarked;
