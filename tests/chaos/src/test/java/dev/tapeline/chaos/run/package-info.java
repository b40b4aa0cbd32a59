@NullMarked
package dev.tapeline.chaos.run;

import org.jspecify.annotations.NullMarked;
