/** The settings of each part of the server: their declarations, and the record they are read to. */
@NullMarked
package dev.tapeline.server.settings.part;

import org.jspecify.annotations.NullMarked;
