/** The dashboard in a real browser, against the real server: what a person would see. */
@NullMarked
package dev.tapeline.browser;

import org.jspecify.annotations.NullMarked;
