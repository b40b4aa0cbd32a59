/**
 * JSON texts as bytes: checks, a canonical form, merge patches, and parts exactly as they were
 * written.
 */
@NullMarked
package dev.tapeline.json;

import org.jspecify.annotations.NullMarked;
