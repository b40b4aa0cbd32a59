/** What tests print, kept back until one fails. */
@NullMarked
package dev.tapeline.testoutput;

import org.jspecify.annotations.NullMarked;
