/** Tests the dashboard in a real browser against the real server, as a person would see it. */
@NullMarked
package dev.tapeline.browser;

import org.jspecify.annotations.NullMarked;
