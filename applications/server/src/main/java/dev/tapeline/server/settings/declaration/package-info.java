/**
 * How a setting is declared and read: its kind, its default, its range and its value. Nothing here
 * knows which settings there are.
 */
@NullMarked
package dev.tapeline.server.settings.declaration;

import org.jspecify.annotations.NullMarked;
