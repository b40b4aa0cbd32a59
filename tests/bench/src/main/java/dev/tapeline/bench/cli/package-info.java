/** What all commands have in common: exit codes, checks of options, and the output of reports. */
@NullMarked
package dev.tapeline.bench.cli;

import org.jspecify.annotations.NullMarked;
