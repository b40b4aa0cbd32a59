/** Publishers and subscribers that record what they do and see. */
@NullMarked
package dev.tapeline.chaos.client;

import org.jspecify.annotations.NullMarked;
