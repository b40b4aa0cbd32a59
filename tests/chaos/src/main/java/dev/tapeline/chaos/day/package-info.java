/**
 * A trading day at 50 times speed: vendors with faults all the time, and a node that is measured.
 */
@NullMarked
package dev.tapeline.chaos.day;

import org.jspecify.annotations.NullMarked;
