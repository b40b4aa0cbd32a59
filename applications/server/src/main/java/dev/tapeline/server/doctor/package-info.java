/** What {@code doctor} finds out about the sources of the settings, before any of them runs. */
@NullMarked
package dev.tapeline.server.doctor;

import org.jspecify.annotations.NullMarked;
