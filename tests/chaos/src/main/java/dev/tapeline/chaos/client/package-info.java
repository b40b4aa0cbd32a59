/** Publishers and subscribers that record their actions and what they receive. */
@NullMarked
package dev.tapeline.chaos.client;

import org.jspecify.annotations.NullMarked;
